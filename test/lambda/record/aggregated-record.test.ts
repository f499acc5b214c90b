import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aggregateRecords, deaggregate, isAggregated } from '../../../lambda/record/aggregated-record.ts';
import golden from '../golden/kpl.json' with { type: 'json' };
import { kplFrame as frame } from '../kpl-frame.ts';

const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const bytes = (text: string) => new Uint8Array(Buffer.from(text));

describe("records that AWS's own libraries put together", () => {
  test.each(
    golden.flatMap(({ records, node, python }, index) => [
      [`${index} by the one for Node`, node, records],
      [`${index} by the one for Python`, python, records],
    ]),
  )('%s', (_, data, records) => {
    const expected = (records as (typeof golden)[0]['records']).map((record) => ({
      ...record,
      data: fromBase64(record.data),
    }));
    const apart = deaggregate(fromBase64(data as string));
    expect(
      apart.ok && apart.records.map((record) => ({ ...record, data: new Uint8Array(record.data) })),
    ).toEqual(expected);
  });

  test('ours are the same, byte for byte', () => {
    const [{ records, node } = { records: [], node: '' }] = golden;
    const ours = aggregateRecords(records.map((record) => ({ ...record, data: fromBase64(record.data) })));
    expect(Buffer.from(ours).toString('base64')).toBe(node);
  });
});

const userRecord = fc.record(
  {
    partitionKey: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    explicitHashKey: fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map(String),
    data: fc.uint8Array({ maxLength: 100 }),
  },
  { requiredKeys: ['partitionKey', 'data'] },
);

test('what is put together comes apart as it was', () => {
  fc.assert(
    fc.property(fc.array(userRecord, { minLength: 1, maxLength: 30 }), (records) => {
      const data = aggregateRecords(records);
      expect(isAggregated(data)).toBe(true);
      const apart = deaggregate(data);
      expect(
        apart.ok && apart.records.map((record) => ({ ...record, data: new Uint8Array(record.data) })),
      ).toEqual(records);
    }),
  );
});

const key = [0x0a, 1, 0x61];
const whole = aggregateRecords([{ partitionKey: 'a', data: bytes('{}') }]);

const hashed = (explicitHashKey: string) =>
  aggregateRecords([{ partitionKey: 'a', explicitHashKey, data: bytes('{}') }]);

describe('what is no whole message comes back with its reason', () => {
  test.each([
    ['the magic alone', Uint8Array.of(0xf3, 0x89, 0x9a, 0xc2), 'bad-kpl-frame'],
    [
      'a text after the magic',
      Buffer.concat([whole.subarray(0, 4), bytes('{"seriesId":"s"}')]),
      'bad-kpl-frame',
    ],
    [
      'a long text after it',
      Buffer.concat([whole.subarray(0, 4), bytes('x'.repeat(99))]),
      'bad-kpl-checksum',
    ],
    ['a byte that is missing', whole.subarray(0, -1), 'bad-kpl-checksum'],
    ['a byte too many', Buffer.concat([whole, bytes('x')]), 'bad-kpl-checksum'],
    ['a wrong checksum', Buffer.concat([whole.subarray(0, -1), bytes('x')]), 'bad-kpl-checksum'],
    ['no message', frame(), 'bad-kpl-frame'],
    ['a key of wrong type', frame(0x08, 1), 'bad-kpl-frame'],
    ['a key that is not UTF-8', frame(0x0a, 1, 0xff), 'bad-kpl-frame'],
    ['a length past the end', frame(...key, 0x1a, 99), 'bad-kpl-frame'],
    ['a record without a key', frame(...key, 0x1a, 2, 0x1a, 0), 'bad-kpl-frame'],
    ['a key that is in no table', frame(...key, 0x1a, 4, 0x08, 1, 0x1a, 0), 'bad-kpl-frame'],
    ['a record without data', frame(...key, 0x1a, 2, 0x08, 0), 'bad-kpl-frame'],
    ['an index of wrong type', frame(...key, 0x1a, 4, 0x0a, 0, 0x1a, 0), 'bad-kpl-frame'],
    ['an empty key', frame(0x0a, 0, 0x1a, 4, 0x08, 0, 0x1a, 0), 'bad-kpl-frame'],
    [
      'a key of 257 characters',
      aggregateRecords([{ partitionKey: 'k'.repeat(257), data: bytes('') }]),
      'bad-kpl-frame',
    ],
  ])('%s', (_, data, reason) => {
    expect(deaggregate(data)).toEqual({ ok: false, reason, detail: expect.stringMatching(/./) });
  });

  test.each([
    ['is in no table', frame(...key, 0x1a, 6, 0x08, 0, 0x10, 0, 0x1a, 0), 0],
    ['is a letter', frame(...key, 0x12, 1, 0x78, 0x1a, 6, 8, 0, 0x10, 0, 0x1a, 0), 0],
    ['begins with no digit', hashed('x1'), 2],
    ['ends with none', hashed('1x'), 2],
    ['is the text undefined', hashed('undefined'), 2],
    ['is empty', hashed(''), 2],
    ['has forty digits', hashed('1'.repeat(40)), 2],
  ])('a record is whole although its explicit hash key %s', (_, data, length) => {
    expect(deaggregate(data)).toEqual({
      ok: true,
      records: [{ partitionKey: 'a', data: expect.objectContaining({ length }) }],
    });
  });

  test('a key may have 256 characters, and a record no data', () => {
    expect(deaggregate(aggregateRecords([{ partitionKey: 'k'.repeat(256), data: bytes('') }])).ok).toBe(true);
  });

  test('fields that nobody knows are passed over', () => {
    expect(deaggregate(frame(...key, 0x1a, 7, 0x08, 0, 0x1a, 0, 0x22, 1, 0x00, 0x2a, 1, 0x00))).toMatchObject(
      {
        ok: true,
        records: [{ partitionKey: 'a', data: { length: 0 } }],
      },
    );
  });

  test('no message in a frame makes it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (message) => {
        expect([true, false]).toContain(deaggregate(frame(...message)).ok);
      }),
    );
  });
});
