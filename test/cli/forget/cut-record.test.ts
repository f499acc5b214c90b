import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutRecord } from '../../../cli/forget/cut-record.ts';
import { aggregateRecords } from '../../../lambda/record/aggregated-record.ts';
import { decodeRecord } from '../../../lambda/record/decode-record.ts';
import { eventReading } from '../../../lambda/record/event-reading.ts';
import type { RecordSettings } from '../../../lambda/record-settings.ts';

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
    ['lines', `${theirs}\n${ours}\n`, { holds: 'others too', rest: `${theirs}\n`, positions: [0, 2] }],
    ['joined', `${ours} ${theirs}`, { holds: 'others too', rest: theirs, positions: [1] }],
    ['gzip', gzipSync(`${ours}\n${theirs}`), { holds: 'others too', rest: theirs, positions: [1] }],
    ['gzip that is damaged', Uint8Array.of(0x1f, 0x8b, 0), { holds: 'nothing' }],
    ['an array with more than objects', `[${ours},"x"]`, { holds: 'it, inseparably' }],
    [
      'a line that is no JSON',
      `${theirs}\n{"seriesId" : "a", `,
      { holds: 'others too', rest: theirs, positions: [0] },
    ],
    [
      'a line that is no JSON, of both',
      '{"seriesId":"a"}{"seriesId":"b"',
      { holds: 'others too', rest: '{"seriesId":"b"', positions: [1] },
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

test('the recorder reads from the rest what it read from the whole, but for the series', () => {
  const id = fc.constantFrom('a', 'b', 'c');
  const good = fc
    .tuple(id, fc.nat(999))
    .map(([seriesId, value]) => JSON.stringify({ seriesId, timestamp: 1.7e12 + value, value }));
  const bad = id.map((seriesId) => JSON.stringify({ seriesId, value: '?' }));
  const texts = fc
    .tuple(fc.array(fc.oneof(good, bad), { minLength: 1, maxLength: 8 }), fc.constantFrom('\n', '', ','))
    .map(([pieces, by]) => (by === ',' ? `[${pieces.join(', ')}]` : pieces.join(by)));
  const eventsIn = (data: Uint8Array) => {
    const record = { partitionKey: 'p', arrivedAt: 2e12, sequenceNumber: '1', data };
    const rules = { reading: eventReading(), maxFutureSkewMs: 0 };
    return decodeRecord(record, rules).flatMap((entry) => (entry.ok ? [entry.event] : []));
  };
  fc.assert(
    fc.property(texts, (text) => {
      const data = Buffer.from(text);
      const left = cutRecord(data, 'p', 'a', eventReading());
      const expected = eventsIn(data).filter(({ seriesId }) => seriesId !== 'a');
      if (left.holds === 'others too') expect(eventsIn(left.rest)).toEqual(expected);
      else if (left.holds === 'only it') expect(expected).toEqual([]);
      else expect({ ...left, expected }).toEqual({ holds: 'nothing', expected: eventsIn(data) });
    }),
  );
});
