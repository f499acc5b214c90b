import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventKey } from '../../../lambda/event.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { putTogether } from '../../../lambda/record/aggregated-record.ts';
import { decodeRecord } from '../../../lambda/record/decode-record.ts';
import { defaultFieldNames } from '../../../lambda/settings.ts';
import { kplFrame } from '../kpl-frame.ts';

const rules = { fields: defaultFieldNames, latestTimestamp: Date.parse('2026-01-01T00:05:00Z') };
const decode = (data: string | Uint8Array) => decodeRecord(Buffer.from(data), rules);
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
    const fields = { seriesId: 'device', timestamp: 'at', value: 'reading' };
    const data = Buffer.from('{"device":"d","at":1,"reading":2}');
    expect(decodeRecord(data, { ...rules, fields })[0]).toMatchObject({ ok: true, event: { seriesId: 'd' } });
  });
});

describe('what is no event comes back with its reason', () => {
  test.each([
    ['an empty record', '', 'empty'],
    ['white space alone', ' \n ', 'empty'],
    ['an array of nothing', '[]', 'empty'],
    ['bytes that are not UTF-8', Uint8Array.of(0xff, 0xfe, 0x00), 'not-utf8'],
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
    ['a number for a seriesId', event({ seriesId: 7 }), 'bad-series-id'],
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
    ['1e400, which is no double', '{"seriesId":"s","timestamp":0,"value":1e400}', 'bad-value'],
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
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => decodeRecord(bytes, rules).length > 0),
    );
  });

  test('any JSON comes back as at least one entry', () => {
    fc.assert(fc.property(fc.json(), (json) => decode(json).length > 0));
  });
});

describe('records that the Kinesis Producer Library put together', () => {
  const together = (...data: (string | Uint8Array)[]) =>
    putTogether(data.map((each, index) => ({ partitionKey: `k${index}`, data: Buffer.from(each) })));
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
    const data = putTogether([{ partitionKey: 'k', explicitHashKey: '7', data: Buffer.from('?') }]);
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
    return putTogether(Array.from({ length: count }, () => ({ partitionKey: 'k', data: Buffer.of() })));
  }
});

describe('keys that are special in JavaScript are ordinary keys here', () => {
  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])('%s', (name) => {
    const entry = `{"seriesId":"s","timestamp":0,"value":1,"${name}":{"polluted":1,"eventId":"x"}}`;
    expect(decode(entry)).toEqual(decode('{"seriesId":"s","timestamp":0,"value":1}'));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    const fields = { ...defaultFieldNames, seriesId: name };
    expect(decodeRecord(Buffer.from('{"timestamp":0,"value":1}'), { ...rules, fields })).toMatchObject([
      { ok: false, reason: 'missing-field' },
    ]);
  });

  test('a field of the settings may have any of these names', () => {
    const fields = { ...defaultFieldNames, seriesId: '__proto__' };
    expect(
      decodeRecord(Buffer.from('{"__proto__":"s","timestamp":0,"value":1}'), { ...rules, fields }),
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
