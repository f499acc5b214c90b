import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareEventKeys, eventKey, timeOfEventKey } from '../../../lambda/event.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { aggregateRecords } from '../../../lambda/record/aggregated-record.ts';
import { decodeRecord } from '../../../lambda/record/decode-record.ts';
import { eventReading } from '../../../lambda/record/event-reading.ts';
import type { RecordSettings } from '../../../lambda/record-settings.ts';
import { kplFrame } from '../kpl-frame.ts';

const arrived = {
  sequenceNumber: '49',
  partitionKey: 'p',
  arrivedAt: Date.parse('2026-01-01T00:00:00Z'),
};
const decode = (data: string | Uint8Array, settings: Partial<RecordSettings> = {}) =>
  decodeRecord(
    { ...arrived, data: Buffer.from(data) },
    { reading: eventReading(settings), maxFutureSkewMs: 300_000 },
  );
const event = (fields: object = {}) =>
  JSON.stringify({ seriesId: 's', timestamp: '2025-01-01T00:00:00Z', value: 1, ...fields });
const without = (field: string) => {
  const fields = JSON.parse(event());
  delete fields[field];
  return JSON.stringify(fields);
};

describe('a record holds one event, an array of events, or an event a line', () => {
  test.each([
    ['one event', event(), [0]],
    ['one event over several lines', JSON.stringify(JSON.parse(event()), null, 2), [0]],
    ['an array', `[${event()},${event({ value: 2 })}]`, [0, 1]],
    ['lines', `${event()}\n${event({ value: 2 })}\n`, [0, 1]],
    ['lines that end in CR LF, one of them blank', `${event()}\r\n\r\n${event()}`, [0, 2]],
    ['a byte order mark in front', `\ufeff${event()}`, [0]],
  ])('%s', (_, data, positions) => {
    const entries = decode(data);
    expect(entries.map(({ position }) => position)).toEqual(positions);
    expect(entries.every(({ ok }) => ok)).toBe(true);
  });

  test('an event comes with its fields and a hash for its id', () => {
    expect(decode(event({ value: 2.5, extra: 'ignored' }))).toEqual([
      {
        ok: true,
        position: 0,
        event: {
          seriesId: 's',
          timestamp: Date.parse('2025-01-01T00:00:00Z'),
          value: 2.5,
          eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
      },
    ]);
  });

  test('bad lines among good ones are bad by themselves', () => {
    const entries = decode(`${event()}\nnot json\n${event({ value: null })}\n${event()}`);
    expect(entries.map((entry) => (entry.ok ? 'ok' : entry.reason))).toEqual([
      'ok',
      'not-json',
      'bad-value',
      'ok',
    ]);
  });

  test('no eventId, or null for one, is the hash of the event', () => {
    expect(decode(event({ eventId: null }))).toEqual(decode(event()));
  });

  test('other field names are a setting', () => {
    const names = { seriesIdField: 'device', timestampField: 'at', valueField: 'reading' };
    const data = `{"device":"d","at":${Date.UTC(2025)},"reading":2}`;
    expect(decode(data, names)[0]).toMatchObject({ ok: true, event: { seriesId: 'd' } });
  });
});

describe('an object may hold several values, each of a series of its own', () => {
  const reading = {
    seriesId: 7,
    timestamp: '2025-01-01T00:00:00Z',
    temp: 21.5,
    hum: 40,
    temp2: null,
    ok: 'yes',
  };
  const valuesOf = (object: object, settings: Partial<RecordSettings>) =>
    decode(JSON.stringify(object), settings).map((entry) =>
      entry.ok ? [entry.event.seriesId, entry.event.value] : [entry.reason, entry.detail],
    );

  test.each<[string, object, unknown]>([
    ['temp', {}, [['7', 21.5]]],
    [
      'temp,hum',
      {},
      [
        ['7/temp', 21.5],
        ['7/hum', 40],
      ],
    ],
    [
      ' hum , temp',
      {},
      [
        ['7/hum', 40],
        ['7/temp', 21.5],
      ],
    ],
    ['temp*', {}, [['7/temp', 21.5]]],
    [
      'temp*,hum,temp',
      {},
      [
        ['7/temp', 21.5],
        ['7/hum', 40],
      ],
    ],
    ['?e*', {}, [['7/temp', 21.5]]],
    [
      'a.*',
      { a: { b: 1, c: { d: 2 } } },
      [
        ['7/a.b', 1],
        ['7/a.c.d', 2],
      ],
    ],
    [
      'a.*',
      { a: { 'b.c': 1, d: { 'e.f.g': 2 } } },
      [
        ['7/a.b.c', 1],
        ['7/a.d.e.f.g', 2],
      ],
    ],
    [
      'a.b.c,a.d.e.f.g',
      { a: { 'b.c': 1, d: { 'e.f.g': 2 } } },
      [
        ['7/a.b.c', 1],
        ['7/a.d.e.f.g', 2],
      ],
    ],
    [
      'x*',
      { 'x.y': { '': 1, '..': 2 } },
      [
        ['7/x.y.', 1],
        ['7/x.y...', 2],
      ],
    ],
    ['x.*', { x: { y: 1 }, 'x.y': 2 }, [['7/x.y', 2]]],
    ['x.*', { 'x.y': 2, x: { y: 1 } }, [['7/x.y', 2]]],
    [
      'temp,pressure',
      {},
      [
        ['7/temp', 21.5],
        ['missing-field', "field 'pressure' is missing"],
      ],
    ],
    ['pressure*', {}, [['missing-field', "field 'pressure*' is missing"]]],
    ['temp2*', {}, [['bad-value', 'temp2 must be a finite number, got null']]],
    [
      'temp,ok',
      {},
      [
        ['7/temp', 21.5],
        ['bad-value', "ok must be a finite number, got 'yes'"],
      ],
    ],
    [
      'temp,temp2',
      {},
      [
        ['7/temp', 21.5],
        ['bad-value', 'temp2 must be a finite number, got null'],
      ],
    ],
  ])('%s', (valueField, more, expected) => {
    expect(valuesOf({ ...reading, ...more }, { valueField })).toEqual(expected);
  });

  test('the same name is never that of two series', () => {
    const values = (seriesId: string, field: string) =>
      valuesOf({ ...reading, seriesId, [field]: 1 }, { valueField: `${field.slice(0, 1)}*` });
    expect([...values('d1/x', 'y'), ...values('d1', 'x/y')]).toEqual([
      ['d1/x/y', 1],
      ['d1/x~1y', 1],
    ]);
  });

  test('a pattern takes neither series nor time nor id, nor a field without a name', () => {
    const all = { device: { id: 7 }, at: Date.UTC(2025), eventId: 5, n: 1, '': 2 };
    const settings = { seriesIdField: 'device.id', timestampField: 'at', valueField: '*' };
    expect(valuesOf(all, settings)).toEqual([['7/n', 1]]);
  });

  test('what is wrong with the object is one bad entry, whatever its values are', () => {
    expect(valuesOf({ ...reading, timestamp: 0 }, { valueField: 'temp,hum' })).toMatchObject([
      ['implausible-timestamp', expect.any(String)],
    ]);
  });

  test('the name of the series with that of its value may have 2,048 bytes', () => {
    const long = (bytes: number) =>
      valuesOf({ ...reading, seriesId: 'x'.repeat(bytes) }, { valueField: 'te*' });
    expect(long(2043)).toEqual([[`${'x'.repeat(2043)}/temp`, 21.5]]);
    expect(long(2044)).toEqual([['bad-series-id', expect.any(String)]]);
  });

  test('more values than a record may have entries are one bad entry', () => {
    const names = Array.from({ length: processingLimits.entriesPerRecord + 1 }, (_, at) => [`v${at}`, 1]);
    expect(valuesOf({ ...reading, ...Object.fromEntries(names) }, { valueField: 'v*' })).toMatchObject([
      ['too-many-entries', expect.any(String)],
    ]);
  });
});

describe('settings say where else series, time and value are', () => {
  test('fields in fields, unless an object has a field of that very name', () => {
    const settings = { seriesIdField: 'device.id', timestampField: 'meta.at', valueField: 'payload.temp' };
    const nested = { device: { id: 'd' }, meta: { at: Date.UTC(2025) }, payload: { temp: 1 } };
    expect(decode(JSON.stringify(nested), settings)).toMatchObject([{ event: { seriesId: 'd', value: 1 } }]);
    expect(decode(JSON.stringify({ ...nested, 'payload.temp': 2 }), settings)).toMatchObject([
      { event: { value: 2 } },
    ]);
    expect(decode(JSON.stringify({ ...nested, payload: 1 }), settings)).toMatchObject([
      { reason: 'missing-field', detail: "field 'payload.temp' is missing" },
    ]);
  });

  test('the key of the record is the series, also of a record in an aggregated one', () => {
    const reading = event({ seriesId: undefined });
    const settings = { seriesIdField: 'partitionKey' };
    expect(decode(reading, settings)).toMatchObject([{ event: { seriesId: 'p' } }]);
    const together = aggregateRecords([{ partitionKey: 'k', data: Buffer.from(reading) }]);
    expect(decode(together, settings)).toMatchObject([{ event: { seriesId: 'k' } }]);
  });

  test('the arrival of the record is the time: the same each time, and no two events of one record are one', () => {
    const settings = { timestampField: 'arrival' };
    const lines = [event(), event(), event({ eventId: 'own' }), event({ seriesId: [] }), event()].join('\n');
    const keys = () =>
      decode(lines, settings).map((entry) => (entry.ok ? eventKey(entry.event) : entry.reason));
    expect(keys()).toEqual([
      '2026-01-01T00:00:00.000Z#49.00000',
      '2026-01-01T00:00:00.000Z#49.00001',
      '2026-01-01T00:00:00.000Z#own',
      'bad-series-id',
      '2026-01-01T00:00:00.000Z#49.00002',
    ]);
    expect(keys()).toEqual(keys());
  });

  test.each<[unknown, unknown]>([
    ['21.5', 21.5],
    ['-2e3', -2000],
    ['+7', 7],
    [3, 3],
    ['21,5', 'bad-value'],
    ['0x10', 'bad-value'],
    ['Infinity', 'bad-value'],
    ['1e400', 'bad-value'],
    ['', 'bad-value'],
    ['warm', 'bad-value'],
  ])('a number may be text: %j', (value, expected) => {
    const [entry] = decode(event({ value }), { numbersAsText: true });
    expect(entry?.ok ? entry.event.value : entry?.reason).toBe(expected);
  });
});

describe('events may be joined, and data in gzip', () => {
  test.each<[string, string, unknown]>([
    ['nothing between', `${event()}${event({ value: 2 })}`, [1, 2]],
    ['white space between', `${event()} \t${event({ value: 2 })}\n`, [1, 2]],
    ['over lines', `${JSON.stringify(JSON.parse(event()), null, 2)}${event({ value: 2 })}`, [1, 2]],
    [
      'joined in a line among lines',
      `${event()}\n${event({ value: 2 })}${event({ value: 3 })}\n?`,
      [1, 2, 3, 'not-json'],
    ],
    ['braces and quotes in text', `${event({ note: '}{"\\' })}${event({ value: 2 })}`, [1, 2]],
    ['one of them no JSON', `${event()}{"value":NaN}${event({ value: 2 })}`, [1, 'not-json', 2]],
    ['something between', `${event()},${event({ value: 2 })}`, [1, 'not-json', 2]],
    ['the last one cut off', `${event()}${event().slice(0, -1)}`, [1, 'not-json']],
    ['something behind', `${event()}${event({ value: 2 })} end`, [1, 2, 'not-json']],
    ['one alone with something behind', `${event()} end`, [1, 'not-json']],
    ['one alone that is cut off', event().slice(0, -1), ['not-json']],
    ['text in front', `log: ${event()}${event()}`, ['not-json']],
    ['a list that is cut off', `[${event()},${event()}`, ['not-json']],
  ])('%s', (_, data, expected) => {
    const entries = decode(data);
    expect(entries.map((entry) => (entry.ok ? entry.event.value : entry.reason))).toEqual(expected);
  });

  const previous = JSON.parse(event({ value: 99 }));
  /** With an object on a line of its own that would be an event. */
  const nested = `{"value":3,"seriesId":"s","timestamp":"2025-01-01T00:00:00Z","previous":\n${event({ value: 99 })}\n}`;

  test.each<[string, string, unknown]>([
    ['one after the other', `${nested}\n${nested}`, [3, 3]],
    ['one below an event in a line', `${event()}\n${nested}`, [1, 3]],
    ['the first unreadable', `${nested.replace('3', 'NaN')}\n${nested}`, ['not-json', 3]],
    ['the last cut off', `${nested}\n${nested.slice(0, -1)}`, [3, 'not-json']],
  ])('an object in one over several lines is no event: %s', (_, data, expected) => {
    const entries = decode(data);
    expect(entries.map((entry) => (entry.ok ? entry.event.value : entry.reason))).toEqual(expected);
  });

  test('any events are read, however each is written over lines and whatever they hold', () => {
    const held = fc.jsonValue({ depthSize: 'medium' });
    const events = fc.record({
      value: fc.nat(99),
      previous: fc.oneof(held, fc.constant(previous)),
      extra: held,
    });
    const written = fc.tuple(
      events,
      fc.constantFrom('', ' ', '\t'),
      fc.boolean(),
      fc.constantFrom('', ' ', '\n', '\r\n\n'),
    );
    fc.assert(
      fc.property(fc.array(written, { minLength: 1, maxLength: 6 }), (list) => {
        const text = list.map(([fields, indent, isBroken, after]) => {
          const whole = JSON.stringify(JSON.parse(event(fields)), null, indent);
          // Also with what it holds whole on a line of its own.
          return (isBroken ? whole.replaceAll(/"(previous|extra)":/g, '$&\n') : whole) + after;
        });
        const values = decode(text.join('')).map((entry) => (entry.ok ? entry.event.value : entry.reason));
        expect(values).toEqual(list.map(([{ value }]) => value));
      }),
      { numRuns: 2_000 },
    );
  });

  test('the places of joined events are counted', () => {
    expect(decode(`${event()}${event()}{}`).map(({ position }) => position)).toEqual([0, 1, 2]);
  });

  test('gzip is known by its first bytes', () => {
    expect(decode(gzipSync(event()))).toEqual(decode(event()));
    expect(decode(gzipSync(`${event()}\n${event({ value: 2 })}`))).toHaveLength(2);
    expect(decode(gzipSync(gzipSync(event())))).toMatchObject([{ reason: 'not-utf8' }]);
  });

  test('the log events of a CloudWatch Logs subscription are entries of their own', () => {
    const message = (temp: unknown) => JSON.stringify({ temp });
    const logEvents = [
      {
        id: '31953106606966983378809025079804211143289615424298221568',
        timestamp: Date.UTC(2025),
        message: message(1),
      },
      { id: '2', timestamp: Date.UTC(2025), message: message('hot') },
      { id: '3', timestamp: Date.UTC(2025), message: 'START RequestId: 7' },
    ];
    const record = { messageType: 'DATA_MESSAGE', owner: '1', logGroup: 'plant', logStream: 'd1', logEvents };
    const settings = { seriesIdField: 'logStream', valueField: 'message.temp' };
    expect(decode(gzipSync(JSON.stringify(record)), settings)).toMatchObject([
      { position: 0, event: { seriesId: 'd1', value: 1, eventId: logEvents[0]?.id } },
      { position: 1, reason: 'bad-value' },
      { position: 2, reason: 'missing-field' },
    ]);
    expect(decode(gzipSync(JSON.stringify({ ...record, logEvents: [] })), settings)).toMatchObject([
      { reason: 'empty' },
    ]);
  });

  test.each(['\n', ' ', '\ufeff'])('a message may have %j around its JSON', (blank) => {
    const logEvents = [{ timestamp: Date.UTC(2025), message: `${blank}{"temp":1}${blank}` }];
    const record = JSON.stringify({ logGroup: 'plant', logStream: 'd1', logEvents });
    const settings = { seriesIdField: 'logStream', valueField: 'message.temp' };
    expect(decode(record, settings)).toMatchObject([{ event: { seriesId: 'd1', value: 1 } }]);
  });

  test.each<[string, object, string]>([
    ['its id', { id: '7' }, '7'],
    ['its id, not an eventId of its own', { id: '7', eventId: '8' }, '7'],
    ['its own eventId, where it has no id', { eventId: '8' }, '8'],
    ['a hash, where it has neither', {}, expect.stringMatching(/^[0-9a-f]{32}$/)],
  ])('the id of a log event is %s', (_, ids, eventId) => {
    const logEvents = [{ seriesId: 's', timestamp: Date.UTC(2025), value: 1, ...ids }];
    expect(decode(JSON.stringify({ logGroup: 'plant', logEvents }))).toMatchObject([{ event: { eventId } }]);
  });

  test('a small record of many fields and many log events does not fill the memory', () => {
    const fields = Array.from({ length: 40_000 }, (_, index) => [`k${index}`, 1]);
    const logEvents = Array(100_000).fill({});
    const record = { ...Object.fromEntries(fields), logGroup: 'plant', logEvents };
    expect(decode(JSON.stringify(record))).toMatchObject([{ position: 0, reason: 'too-many-entries' }]);
  });

  test('a small record of many fields in one with a long name does not fill the memory', () => {
    const fields = Array.from({ length: 60_000 }, (_, index) => [`k${index}`, 1]);
    const long = { ['k'.repeat(400_000)]: Object.fromEntries(fields) };
    expect(decode(event(long), { valueField: 'temp*' })).toMatchObject([{ reason: 'missing-field' }]);
    expect(decode(event(long), { valueField: 'k*' })).toMatchObject([{ reason: 'bad-series-id' }]);
  });

  test('whatever the names on its way are, a value is read by the path that a pattern found', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 3 });
    const nested = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.nat(9),
        fc.constantFrom(null, 'text', []),
        fc.dictionary(name, tie('tree'), { minKeys: 1, maxKeys: 3 }),
      ),
    })).tree;
    fc.assert(
      fc.property(fc.dictionary(name, nested, { minKeys: 1, maxKeys: 3 }), (tree) => {
        const found = decode(event(tree), { valueField: '*a*,*b*,*.*' });
        for (const entry of found.filter(({ ok }) => ok)) {
          const field = entry.ok ? entry.event.seriesId.slice('s/'.length) : '';
          expect(decode(event(tree), { valueField: `${field},value` })[0]).toEqual(entry);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('a value is taken before an object too deep to look into', () => {
    const deep = '{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":{}},"g.h":5}}}}}}}';
    const path = 'a.b.c.d.e.f.g.h';
    for (const valueField of ['a*', `${path},value`]) {
      const [found] = decode(event(JSON.parse(deep)), { valueField });
      expect(found).toMatchObject({ event: { seriesId: `s/${path}`, value: 5 } });
    }
  });

  test('any number of fields may share a path', () => {
    const names = ['', '.', '..', '...', '....'];
    const nested = (depth: number): unknown =>
      depth === 0 ? depth : Object.fromEntries(names.map((name) => [name, nested(depth - 1)]));
    const tree = { a: nested(6) };
    const found = decode(event(tree), { valueField: 'a*' });
    // Six dots between the names, and up to four in each.
    expect(found.map((entry) => entry.ok && entry.event.seriesId)).toEqual(
      Array.from({ length: 25 }, (_, index) => `s/a${'.'.repeat(6 + index)}`),
    );
  });

  test('a pattern passes over any number of nulls', () => {
    const nulls = Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`k${index}`, null]));
    expect(decode(event({ ...nulls, last: 2 }), { valueField: 'k*,last' })).toMatchObject([
      { reason: 'bad-value' },
      { event: { seriesId: 's/last' } },
    ]);
    expect(decode(event({ ...nulls, klast: 2 }), { valueField: 'k*' })).toMatchObject([
      { event: { seriesId: 's/klast', value: 2 } },
    ]);
  });

  test.each([
    ['its first bytes alone', gzipSync(event()).subarray(0, 2)],
    ['cut off', gzipSync(event()).subarray(0, -9)],
    ['with another byte', gzipSync(event()).map((byte, at) => (at === 20 ? byte ^ 1 : byte))],
  ])('gzip that is damaged is one bad entry: %s', (_, data) => {
    expect(decode(data)).toMatchObject([{ position: 0, reason: 'bad-gzip' }]);
  });

  test('a record may be 8 MiB when unpacked, however it is cut', () => {
    const blank = (bytes: number) => gzipSync(Buffer.alloc(bytes, ' '));
    const most = processingLimits.unpackedBytes;
    expect(decode(blank(most))).toMatchObject([{ reason: 'empty' }]);
    expect(decode(blank(most + 1))).toMatchObject([{ reason: 'too-large' }]);
    const parts = [blank(most - 1), gzipSync(event()), blank(1)];
    expect(decode(aggregateRecords(parts.map((data) => ({ partitionKey: 'k', data }))))).toMatchObject([
      { reason: 'empty' },
      { reason: 'too-large' },
      { reason: 'too-large' },
    ]);
  });
});

describe('what is no event comes back with its reason', () => {
  test.each([
    ['an empty record', '', 'empty'],
    ['white space alone', ' \n ', 'empty'],
    ['an array of nothing', '[]', 'empty'],
    ['bytes that are not UTF-8', Uint8Array.of(0xff, 0xfe, 0x00), 'not-utf8'],
    ['a name in Latin-1', Buffer.from(event({ seriesId: 'café' }), 'latin1'), 'not-utf8'],
    ['the same in gzip', gzipSync(Buffer.from(event({ seriesId: 'café' }), 'latin1')), 'not-utf8'],
    ['most of what begins an aggregated record', Uint8Array.of(0xf3, 0x89, 0x9a, 0xc3), 'not-utf8'],
    ['an aggregated record of no record', kplFrame(0x0a, 1, 0x61), 'empty'],
    ['unreadable JSON', '{"seriesId":', 'not-json'],
    ['NaN, which JSON does not know', '{"seriesId":"s","timestamp":0,"value":NaN}', 'not-json'],
    ['a number', '42', 'not-an-object'],
    ['null', 'null', 'not-an-object'],
    ['an array in an array', '[[]]', 'not-an-object'],
    ['no seriesId', without('seriesId'), 'missing-field'],
    ['no timestamp', without('timestamp'), 'missing-field'],
    ['no value', without('value'), 'missing-field'],
    [
      'fields only on the prototype',
      '{"__proto__":{"seriesId":"s","timestamp":0,"value":1}}',
      'missing-field',
    ],
    ['an empty seriesId', event({ seriesId: '' }), 'bad-series-id'],
    ['a fraction for a seriesId', event({ seriesId: 7.5 }), 'bad-series-id'],
    ['a whole number that others look like', event({ seriesId: 2 ** 53 }), 'bad-series-id'],
    ['a seriesId of 2,049 bytes', event({ seriesId: 'é'.repeat(1024).concat('a') }), 'bad-series-id'],
    [
      'a seriesId with half a surrogate pair',
      '{"seriesId":"\\ud800","timestamp":0,"value":1}',
      'bad-series-id',
    ],
    ['a date that is none', event({ timestamp: '2025-02-30T00:00:00Z' }), 'bad-timestamp'],
    ['a timestamp in 2099', event({ timestamp: '2099-01-01T00:00:00Z' }), 'future-timestamp'],
    ['a text for a value', event({ value: '1' }), 'bad-value'],
    ['null for a value', event({ value: null }), 'bad-value'],
    ['1e400, which is no double', '{"seriesId":"s","timestamp":1735689600000,"value":1e400}', 'bad-value'],
    ['1e126, which DynamoDB does not hold', event({ value: 1e126 }), 'value-out-of-range'],
    ['1e-131, which DynamoDB does not hold', event({ value: 1e-131 }), 'value-out-of-range'],
    ['the smallest double', event({ value: 5e-324 }), 'value-out-of-range'],
    ['an empty eventId', event({ eventId: '' }), 'bad-event-id'],
    ['an eventId of 997 bytes', event({ eventId: 'x'.repeat(997) }), 'bad-event-id'],
  ])('%s: %s', (_, data, reason) => {
    expect(decode(data)).toEqual([{ ok: false, position: 0, reason, detail: expect.stringMatching(/./) }]);
  });

  test('a megabyte of unreadable lines is one bad entry', () => {
    expect(decode('x\n'.repeat(2 ** 19))).toEqual([
      { ok: false, position: 0, reason: 'not-json', detail: expect.stringMatching(/./) },
    ]);
  });

  test('a megabyte of lines that only begin like an object is one bad entry', () => {
    expect(decode('{\n'.repeat(2 ** 19))).toMatchObject([{ ok: false, reason: 'not-json' }]);
  });

  test('a future timestamp is measured from the arrival of the record', () => {
    expect(decode(event({ timestamp: '2026-01-01T00:05:00Z' }))[0]?.ok).toBe(true);
    expect(decode(event({ timestamp: '2026-01-01T00:05:00.001Z' }))[0]?.ok).toBe(false);
  });

  test('any bytes come back as at least one entry', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => decode(bytes).length > 0));
  });

  test('any JSON comes back as at least one entry', () => {
    fc.assert(fc.property(fc.json(), (json) => decode(json).length > 0));
  });
});

describe('records that the Kinesis Producer Library put together', () => {
  const together = (...data: (string | Uint8Array)[]) =>
    aggregateRecords(data.map((each, index) => ({ partitionKey: `k${index}`, data: Buffer.from(each) })));
  const placesOf = (data: Uint8Array) =>
    decode(data).map(({ position, userRecord, ...entry }) => [
      userRecord?.index,
      userRecord?.partitionKey,
      position,
      entry.ok ? entry.event.value : entry.reason,
    ]);

  test('each entry is named by its record and its place there', () => {
    const lines = `${event({ value: 2 })}\n?\n${event({ value: 3 })}`;
    expect(placesOf(together(event(), lines, '', `[${event({ value: 4 })}]`))).toEqual([
      [0, 'k0', 0, 1],
      [1, 'k1', 0, 2],
      [1, 'k1', 1, 'not-json'],
      [1, 'k1', 2, 3],
      [2, 'k2', 0, 'empty'],
      [3, 'k3', 0, 4],
    ]);
  });

  test('an explicit hash key is told as well', () => {
    const data = aggregateRecords([{ partitionKey: 'k', explicitHashKey: '7', data: Buffer.from('?') }]);
    expect(decode(data)).toMatchObject([
      { reason: 'not-json', userRecord: { index: 0, partitionKey: 'k', explicitHashKey: '7' } },
    ]);
  });

  test('one within another is not taken apart again', () => {
    expect(placesOf(together(together(event())))).toEqual([[0, 'k0', 0, 'not-utf8']]);
  });

  test('none at all, or damage, is one bad entry', () => {
    const good = together(event());
    const wrong = Buffer.concat([good.subarray(0, -1), Buffer.of(1 + (good.at(-1) ?? 0))]);
    expect(decode(wrong)).toMatchObject([{ ok: false, position: 0, reason: 'bad-kpl-checksum' }]);
    expect(decode(good.subarray(0, 9))).toMatchObject([{ ok: false, position: 0, reason: 'bad-kpl-frame' }]);
  });
});

describe('a record has at most 50,000 entries', () => {
  const most = processingLimits.entriesPerRecord;
  const tooMany = [{ ok: false, position: 0, reason: 'too-many-entries' }];
  const zeros = (count: number) => `[${'0,'.repeat(count - 1)}0]`;

  test.each([
    ['an array', zeros(most), zeros(most + 1)],
    ['lines', `{}${'\n{}'.repeat(most - 1)}`, `{}${'\n{}'.repeat(most)}`],
    ['lines that are unreadable but for the last', `${'x\n'.repeat(most - 1)}{}`, `${'x\n'.repeat(most)}{}`],
    ['records put together', joined(most), joined(most + 1)],
  ])('%s', (_, enough, more) => {
    expect(decode(enough)).toHaveLength(most);
    expect(decode(more)).toMatchObject(tooMany);
  });

  function joined(count: number): Uint8Array {
    return aggregateRecords(Array.from({ length: count }, () => ({ partitionKey: 'k', data: Buffer.of() })));
  }
});

describe('keys that are special in JavaScript are ordinary keys here', () => {
  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])('%s', (name) => {
    const entry = `{"seriesId":"s","timestamp":1735689600000,"value":1,"${name}":{"polluted":1,"eventId":"x"}}`;
    expect(decode(entry)).toEqual(decode('{"seriesId":"s","timestamp":1735689600000,"value":1}'));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(decode('{"timestamp":1735689600000,"value":1}', { seriesIdField: name })).toMatchObject([
      { ok: false, reason: 'missing-field' },
    ]);
  });

  test('a field of the settings may have any of these names', () => {
    expect(
      decode('{"__proto__":"s","timestamp":1735689600000,"value":1}', { seriesIdField: '__proto__' }),
    ).toMatchObject([{ ok: true, event: { seriesId: 's' } }]);
  });

  test('arrays nested half a million deep are one bad entry', () => {
    const depth = 2 ** 19;
    expect(decode(`${'['.repeat(depth)}${']'.repeat(depth)}`)).toMatchObject([{ reason: 'not-an-object' }]);
    expect(decode('['.repeat(depth))).toMatchObject([{ reason: 'not-json' }]);
  });
});

describe('an event is named by its content', () => {
  const only = (data: string) => {
    const [entry] = decode(data);
    if (!entry?.ok) throw new Error('not an event');
    return entry.event;
  };

  test('equal events are one event, whatever else their record says', () => {
    expect(eventKey(only(event({ extra: 1 })))).toBe(eventKey(only(event({ extra: 2 }))));
    expect(eventKey(only(event({ value: -0 })))).toBe(eventKey(only(event({ value: 0 }))));
  });

  test('another value at the same time is another event', () => {
    expect(eventKey(only(event({ value: 2 })))).not.toBe(eventKey(only(event())));
  });

  test('the key is the time and the given eventId', () => {
    expect(eventKey(only(event({ eventId: 'a#b' })))).toBe('2025-01-01T00:00:00.000Z#a#b');
  });

  test('keys are in the order of time, to the nanosecond', () => {
    const time = fc.record({
      timestamp: fc.constantFrom(0, 1, 999, 1000),
      nanoseconds: fc.oneof(fc.constantFrom(0, 1, 100_000), fc.integer({ min: 0, max: 999_999 })),
      eventId: fc.string({ minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(time, time, (a, b) => {
        const order = a.timestamp - b.timestamp || a.nanoseconds - b.nanoseconds;
        if (order === 0) return true;
        return Math.sign(compareEventKeys(eventKey(a), eventKey(b))) === Math.sign(order);
      }),
    );
  });

  test('digits below the millisecond are in the key, and in its time', () => {
    const key = eventKey(only(event({ timestamp: '2025-01-01T00:00:00.0001Z', eventId: 'a+b#c' })));
    expect(key).toBe('2025-01-01T00:00:00.000Z+100000#a+b#c');
    expect(timeOfEventKey(key)).toBe('2025-01-01T00:00:00.0001Z');
    expect(timeOfEventKey('2025-01-01T00:00:00.000Z#a+b')).toBe('2025-01-01T00:00:00.000Z');
  });

  test('an id may have as many bytes as the key of a change point has room for', () => {
    const idOf = (bytes: number, timestamp: string) =>
      decode(event({ timestamp, eventId: 'x'.repeat(bytes) }))[0];
    expect([996, 997].map((bytes) => idOf(bytes, '2025-01-01T00:00:00Z')?.ok)).toEqual([true, false]);
    expect([989, 990].map((bytes) => idOf(bytes, '2025-01-01T00:00:00.0001Z')?.ok)).toEqual([true, false]);
  });

  test('keys are in the order of time', () => {
    const time = fc.integer({ min: -62167219200000, max: 253402300799999 });
    fc.assert(
      fc.property(time, time, (a, b) => {
        const key = (timestamp: number) => eventKey({ timestamp, eventId: '' });
        return Math.sign(a - b) === (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
      }),
    );
  });
});
