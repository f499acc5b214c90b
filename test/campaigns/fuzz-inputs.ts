import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { aggregateRecords } from '../../lambda/record/aggregated-record.ts';
import { integer, oneOf, type Random } from '../core/random.ts';

/** Inputs that a producer could put, and inputs that none would. Each depends only on its random numbers. */
export const kinds = {
  bytes: (random: Random) =>
    Uint8Array.from({ length: integer(random, 0, 60) }, () => integer(random, 0, 255)),
  json: (random: Random) => Buffer.from(record(random)),
  'mutated json': (random: Random) => mutate(random, Buffer.from(record(random))),
  gzip: (random: Random) => gzipSync(record(random)),
  'mutated gzip': (random: Random) => mutate(random, gzipSync(record(random))),
  kpl: (random: Random) => aggregated(random),
  'mutated kpl': (random: Random) => mutate(random, aggregated(random)),
  'mutated kpl, checksum mended': (random: Random) => {
    const frame = aggregated(random);
    const body = mutate(random, frame.subarray(4, -16));
    return Buffer.concat([frame.subarray(0, 4), body, createHash('md5').update(body).digest()]);
  },
} as const satisfies Readonly<Record<string, (random: Random) => Uint8Array>>;

const texts = [
  '"s"',
  '""',
  '"\\ud800"',
  '"\\u0000"',
  '"é🔥\\u202e"',
  '"2025-01-01T00:00:00Z"',
  '"2025-02-30T00:00:00Z"',
  '"9999-12-31T23:59:59.999999999-23:59"',
  '0',
  '-0',
  '1',
  '0.1',
  '1e400',
  '1e-131',
  '9007199254740993',
  '12345678901234567890.123456789012345678901234567890',
  '-62167219200001',
  'null',
  'true',
  'NaN',
  '[]',
  '{}',
  '[[[[[[[[]]]]]]]]',
  '{"__proto__":{"polluted":1}}',
];
const times = [
  '0',
  '"2025-01-01T00:00:00Z"',
  '"2025-06-30T23:59:60+05:30"',
  '"2025-01-01T00:00:00.000001Z"',
  '1735689600',
  '"1735689600000000001"',
  '"2099-01-01T00:00:00Z"',
  '1735689600000',
];
const values = [
  '1',
  '-0',
  '0.30000000000000004',
  '9007199254740993',
  '1e125',
  '1e-130',
  '1e126',
  '5e-324',
  '"1"',
];
const names = ['seriesId', 'timestamp', 'value', 'eventId', '__proto__', 'constructor', 'toString', 'x'];

/** Any fields, an event, or both. */
function object(random: Random): string {
  const any = () => `"${oneOf(random, names)}":${oneOf(random, texts)}`;
  const fields = Array.from({ length: integer(random, 0, 4) }, any);
  const event = ['"seriesId":"s"', `"timestamp":${oneOf(random, times)}`, `"value":${oneOf(random, values)}`];
  const kind = random();
  // Of two fields with one name the last one counts.
  const all = kind < 0.3 ? fields : kind < 0.6 ? [...fields, ...event] : [...event, any()];
  return `{${all.join(',')}}`;
}

/** Events as an array or as lines. */
function record(random: Random): string {
  const objects = Array.from({ length: integer(random, 1, 4) }, () => object(random));
  const [open, between, close] = oneOf(random, [
    ['[', ',', ']'],
    ['', '\n', ''],
    ['', '', ''],
    ['', '\r\n\n', '\n'],
  ] as const);
  return `${open}${objects.join(between)}${close}`;
}

function aggregated(random: Random): Uint8Array {
  const count = integer(random, 0, 4);
  return aggregateRecords(
    Array.from({ length: count }, () => ({
      partitionKey: oneOf(random, ['k', 'key of another', '7', '']),
      ...(random() < 0.3 && {
        explicitHashKey: oneOf(random, ['0', '340282366920938463463374607431768211455', 'x']),
      }),
      data: random() < 0.8 ? Buffer.from(record(random)) : kinds.bytes(random),
    })),
  );
}

/** Changes, removes, repeats or inserts some bytes. */
function mutate(random: Random, data: Uint8Array): Uint8Array {
  let mutated = Buffer.from(data);
  for (let change = integer(random, 1, 4); change > 0; change--) {
    const at = integer(random, 0, mutated.length);
    const to = Math.min(mutated.length, at + integer(random, 0, 5));
    const inserted = oneOf(random, [
      Buffer.of(integer(random, 0, 255)),
      Buffer.of(),
      mutated.subarray(at, to),
      Buffer.from(oneOf(random, texts)),
      Buffer.of(0xff, 0xff, 0xff, 0xff, 0x0f),
    ]);
    mutated = Buffer.concat([mutated.subarray(0, at), inserted, mutated.subarray(random() < 0.5 ? at : to)]);
  }
  return mutated;
}
