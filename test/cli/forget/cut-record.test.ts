import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutRecord } from '../../../cli/forget/cut-record.ts';
import { aggregateRecords } from '../../../lambda/record/aggregated-record.ts';
import { decodeRecord } from '../../../lambda/record/decode-record.ts';
import { eventReading } from '../../../lambda/record/event-reading.ts';
import type { RecordSettings } from '../../../lambda/record-settings.ts';
import { fieldsAt, recordForms, recordObjects, valueAt } from './written-records.ts';

const event = (seriesId: unknown, more = '') => `{"seriesId":${JSON.stringify(seriesId)}${more}}`;
const [ours, theirs] = [event('a'), event('b', ',"timestamp":9007199254740993')];

function cut(data: string | Uint8Array, settings: Partial<RecordSettings> = {}, partitionKey = 'p') {
  const found = cutRecord(Buffer.from(data), partitionKey, 'a', eventReading(settings));
  return found.holds === 'others too'
    ? { ...found, rest: Buffer.from(found.rest).toString() }
    : { holds: found.holds };
}

describe('what of a record is of a series', () => {
  test.each<[string, string | Uint8Array, object]>([
    ['one event', ours, { holds: 'only it' }],
    ['one of another', theirs, { holds: 'nothing' }],
    ['an array', `[${ours}, ${theirs}]`, { holds: 'others too', rest: `[${theirs}]`, positions: [1] }],
    ['lines', `${theirs}\n${ours}\n`, { holds: 'others too', rest: theirs, positions: [0] }],
    ['joined', `${ours} ${theirs}`, { holds: 'others too', rest: theirs, positions: [1] }],
    ['gzip', gzipSync(`${ours}\n${theirs}`), { holds: 'others too', rest: theirs, positions: [1] }],
    ['gzip that is damaged', Uint8Array.of(0x1f, 0x8b, 0), { holds: 'nothing' }],
    ['an array with more than objects', `[${ours},"x"]`, { holds: 'it, inseparably' }],
    [
      'an array with as many objects further inside',
      `[[${ours},${theirs}],"x"]`,
      { holds: 'it, inseparably' },
    ],
    ['objects further inside of one', `{"events":[${ours},${theirs}]}`, { holds: 'it, inseparably' }],
    [
      'joined with something between',
      `${ours},${theirs}`,
      { holds: 'others too', rest: theirs, positions: [2] },
    ],
    ['lines that are no JSON, of both', '{"seriesId":"a",\n{"seriesId":"b",', { holds: 'it, inseparably' }],
    [
      'a line that is no JSON',
      `${theirs}\n{"seriesId" : "a", `,
      { holds: 'others too', rest: theirs, positions: [0] },
    ],
    [
      'a line that is no JSON, and one that names no series',
      `${theirs}\n{"seriesId":"a","value":NaN}\n\nno JSON`,
      { holds: 'others too', rest: `${theirs}\nno JSON`, positions: [0, 3] },
    ],
    [
      'an object over several lines below one in a line',
      `${theirs}\n{\n"seriesId":"a",\n"note":"}",\n"value":7\n}\nno JSON`,
      { holds: 'others too', rest: `${theirs}\nno JSON`, positions: [0, 6] },
    ],
    [
      'a line that is no JSON, of both',
      '{"seriesId":"a"}{"seriesId":"b"',
      { holds: 'others too', rest: '{"seriesId":"b"', positions: [1] },
    ],
    ['a line, and one with two objects', `${ours}\n${theirs}${theirs}`, { holds: 'it, inseparably' }],
    [
      'a line among others with two objects',
      `${theirs}\n${ours}\n${theirs}${theirs}`,
      { holds: 'others too', rest: `${theirs}\n${theirs}${theirs}`, positions: [0, 2] },
    ],
    [
      'a long line that is cut off, with JSON in its text',
      `${ours}\n{"seriesId":"b","message":"${'{\\"k\\":\\"v\\",'.repeat(40_000)}\\`,
      {
        holds: 'others too',
        rest: `{"seriesId":"b","message":"${'{\\"k\\":\\"v\\",'.repeat(40_000)}\\`,
        positions: [1],
      },
    ],
    ['the name elsewhere', '{"seriesId":"b","note":"a","a":"a"', { holds: 'nothing' }],
    ['the name within another', '{"seriesId":"aa"} {"x":1', { holds: 'nothing' }],
    ['nothing', '', { holds: 'nothing' }],
    [
      'an aggregated record',
      aggregateRecords([{ partitionKey: 'p', data: Buffer.from(ours) }]),
      { holds: 'only it' },
    ],
    [
      'an aggregated record of both',
      aggregateRecords([ours, theirs].map((text) => ({ partitionKey: 'p', data: Buffer.from(text) }))),
      { holds: 'it, inseparably' },
    ],
    [
      'log events',
      JSON.stringify({ logGroup: 'g', logEvents: [{ seriesId: 'a' }, { seriesId: 'b' }] }),
      { holds: 'it, inseparably' },
    ],
  ])('%s', (_, data, expected) => {
    expect(cut(data)).toEqual(expected);
  });

  test('what names no series is of the one under whose name it was put', () => {
    expect(cut(Uint8Array.of(0xff), {}, 'a')).toEqual({ holds: 'only it' });
    expect(cut('no JSON', {}, 'a')).toEqual({ holds: 'only it' });
    expect(cut(`${theirs}`, {}, 'a')).toEqual({ holds: 'nothing' });
  });

  test('the fields are those of the service', () => {
    expect(cut('{"id":"a"}', { seriesIdField: 'id' })).toEqual({ holds: 'only it' });
    expect(cut('{"d":{"id":"a"', { seriesIdField: 'd.id' })).toEqual({ holds: 'only it' });
    expect(cut('{"value":1}', { seriesIdField: 'partitionKey' }, 'a')).toEqual({ holds: 'only it' });
    expect(cut('{"seriesId":"a","t":1,"u":2}', { valueField: 't,u' })).toEqual({ holds: 'nothing' });
  });

  test('of an object with several values one is not cut out', () => {
    const found = cutRecord(
      Buffer.from('{"seriesId":"a","t":1,"u":2}'),
      'p',
      'a/t',
      eventReading({ valueField: 't,u' }),
    );
    expect(found).toEqual({ holds: 'it, inseparably' });
  });
});

describe.each(Object.entries(recordForms))('%s: without a series,', (_, write) => {
  const entriesIn = (data: Uint8Array) => {
    const record = { partitionKey: 'p', arrivedAt: 2e12, sequenceNumber: '1', data };
    return decodeRecord(record, { reading: eventReading(), maxFutureSkewMs: 0 });
  };

  test('the recorder reads exactly what it read of the others, at the positions that are told', () => {
    fc.assert(
      fc.property(recordObjects, (given) => {
        const data = Buffer.from(write(given.map(fieldsAt)));
        const left = cutRecord(data, 'p', 'a', eventReading());
        const ofOthers = entriesIn(data).filter((entry) =>
          given.some(
            (one, index) =>
              one.seriesId !== 'a' && JSON.stringify(entry).includes(String(valueAt(index, one.isBad))),
          ),
        );
        if (left.holds !== 'others too') {
          const ids = new Set(given.map(({ seriesId }) => seriesId));
          expect(left.holds).toBe(ids.has('a') ? 'only it' : 'nothing');
          expect(ids.has('a') && ids.size > 1).toBe(false);
          return;
        }
        const found = entriesIn(left.rest).filter((entry) => entry.ok || entry.reason !== 'not-json');
        expect(found.map((entry) => ({ ...entry, position: left.positions[entry.position] }))).toEqual(
          ofOthers,
        );
      }),
    );
  });
});

test('however whole, broken and printed objects are mixed, nothing of the series stays, and nothing of another goes', () => {
  const write = fc.constantFrom(
    (one: object) => JSON.stringify(one),
    (one: object) => JSON.stringify(one, null, 2),
    (one: object) => `${JSON.stringify(one)},`,
    (one: object) => JSON.stringify(one).replace('"value"', 'value'),
    (one: object) => JSON.stringify(one, null, 2).replace('"value"', 'value'),
  );
  const mixed = fc.tuple(
    recordObjects,
    fc.array(write, { minLength: 8, maxLength: 8 }),
    fc.constantFrom('\n', ''),
  );
  fc.assert(
    fc.property(mixed, ([given, writes, by]) => {
      const text = given.map((one, index) => writes[index]?.(fieldsAt(one, index))).join(by);
      const left = cutRecord(Buffer.from(text), 'p', 'a', eventReading());
      const marks = (isOurs: boolean) =>
        given.flatMap((one, index) =>
          (one.seriesId === 'a') === isOurs ? String(valueAt(index, one.isBad)) : [],
        );
      const [ours, others] = [marks(true), marks(false)];
      if (left.holds === 'nothing') expect(ours).toEqual([]);
      if (left.holds === 'only it') expect(others).toEqual([]);
      if (left.holds !== 'others too') return;
      const rest = Buffer.from(left.rest).toString();
      expect(ours.filter((mark) => rest.includes(mark))).toEqual([]);
      expect(others.filter((mark) => !rest.includes(mark))).toEqual([]);
    }),
  );
});
