import fc from 'fast-check';
import db, { type KinesisNumbers, type SequencePieces } from 'kinesalite/db/index.js';
import { expect, test } from 'vitest';
import { useNativeNumbers } from '../../../local/emulators/kinesis-numbers.ts';

/** kinesalite's own functions, before anything replaces them, and beside them the replaced ones. */
const own: KinesisNumbers = { ...db };
const native: KinesisNumbers = { ...own };
useNativeNumbers(native);

const seconds = (most: number) => fc.integer({ min: 0, max: most }).map((time) => time * 1000);
const pieces: fc.Arbitrary<SequencePieces> = fc.record(
  {
    shardCreateTime: seconds(4_000_000_000),
    seqIx: fc.oneof(
      fc.nat(),
      fc.bigInt({ min: 0n, max: 0x7fffffffffffffffn }).map(String),
      fc.constantFrom(null, '9223372036854775807'),
    ),
    seqTime: seconds(4_000_000_000),
    shardIx: fc.oneof(fc.nat({ max: 60 }), fc.nat({ max: 0x7fffffff })),
    version: fc.constantFrom(0, 1, 2),
  },
  { requiredKeys: ['shardCreateTime'] },
);

test('sequence numbers are those of kinesalite, and are taken apart as it does', () => {
  fc.assert(
    fc.property(pieces, (given) => {
      const number = own.stringifySequence(given);
      expect(native.stringifySequence(given)).toBe(number);
      expect(native.parseSequence(number)).toEqual(own.parseSequence(number));
    }),
  );
});

const outcome = (parse: KinesisNumbers['parseSequence'], number: string) => {
  try {
    return parse(number);
  } catch (error) {
    return String(error);
  }
};

/** In the form of those that kinesalite makes, with any time: it refuses those of the far future. */
const wellFormed = fc
  .bigInt({ min: 0n, max: 16n ** 45n - 1n })
  .map((inner) => BigInt(`0x2${inner.toString(16).padStart(45, '0')}2`));

test('other numbers are taken apart, or refused, as kinesalite does', () => {
  const any = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 187n }), wellFormed).map(String);
  fc.assert(
    fc.property(any, (number) => {
      expect(outcome(native.parseSequence, number)).toEqual(outcome(own.parseSequence, number));
    }),
  );
});

test('a partition key lies among hash keys where kinesalite finds it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.bigInt({ min: 0n, max: 2n ** 128n }).map(String),
      (key, other) => {
        const [mine, theirs] = [native, own].map((numbers) =>
          numbers.partitionKeyToHashKey(key).comparedTo(other),
        );
        expect(mine).toBe(theirs);
      },
    ),
  );
});
