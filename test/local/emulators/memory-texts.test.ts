import db, { type Store } from 'dynalite/db/index.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keepTextsInMemory } from '../../../local/emulators/memory-texts.ts';
import { type KeyRange, SortedTexts } from '../../../local/journal/sorted-texts.ts';

const keys = fc.string({ unit: fc.constantFrom('a', 'b', '/', '~'), maxLength: 4 });
const bounds = fc
  .record({
    lower: fc.option(fc.tuple(fc.constantFrom('gt' as const, 'gte' as const), keys)),
    upper: fc.option(fc.tuple(fc.constantFrom('lt' as const, 'lte' as const), keys)),
    reverse: fc.boolean(),
  })
  .map(({ lower, upper, reverse }): KeyRange => {
    const given = [lower, upper].filter((bound) => bound !== null);
    return { ...Object.fromEntries(given), ...(reverse && { reverse }) };
  });
const options = fc.record({ limit: fc.integer({ min: -1, max: 5 }) });
const values = fc.record({ S: fc.string() });

const isWithin = (key: string, { gt, gte, lt, lte }: KeyRange) =>
  (gt === undefined || key > gt) &&
  (gte === undefined || key >= gte) &&
  (lt === undefined || key < lt) &&
  (lte === undefined || key <= lte);

test('keys are given in order, however many there are, also when most are deleted', () => {
  const many = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 600, maxLength: 2500, size: 'max' });
  fc.assert(
    fc.property(
      many,
      fc.array(fc.tuple(bounds, fc.integer({ min: 0, max: 5000 })), { maxLength: 5 }),
      fc.integer({ min: 1, max: 40 }),
      (numbers, ranges, one) => {
        const texts = new SortedTexts();
        const model = new Set<string>();
        for (const number of numbers) {
          const key = number.toString(4).replace(/./g, (digit) => 'ab/~'[Number(digit)] as string);
          texts.set(key, key);
          model.add(key);
        }
        for (const [index, key] of [...model].entries()) {
          if (index % one === 0) continue;
          texts.delete(key);
          model.delete(key);
        }
        for (const [range, most] of ranges) {
          const expected = [...model].filter((key) => isWithin(key, range)).sort();
          if (range.reverse) expected.reverse();
          expect(texts.rows(range, most)).toEqual(expected.slice(0, most).map((key) => [key, key]));
        }
      },
    ),
    { numRuns: 20 },
  );
});

const operations = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('put' as const), key: keys, value: values }),
    fc.record({ type: fc.constant('del' as const), key: keys }),
  ),
  { maxLength: 30 },
);

type Operations = typeof operations extends fc.Arbitrary<infer Given> ? Given : never;

/** What a store answers: to each call in turn, then to a read of each range. */
async function answers(store: Store, single: Operations, batch: Operations, ranges: readonly object[]) {
  const call = <T>(make: (done: (error: Error | null, value?: T) => void) => void) =>
    new Promise<T | undefined>((resolve, reject) =>
      make((error, value) => (error ? reject(error) : resolve(value))),
    );
  const { db: database } = store;
  for (const operation of single) {
    if (operation.type === 'put') await call((done) => database.put(operation.key, operation.value, done));
    else await call((done) => database.del(operation.key, done));
  }
  await call((done) => database.batch(batch, done));
  const got = await Promise.all(
    [...single, ...batch].map(({ key }) => call((done) => database.get(key, done))),
  );
  const read = await Promise.all(
    ranges.map(async (range) => [
      await database.createKeyStream(range).toArray(),
      await database.createValueStream(range).toArray(),
    ]),
  );
  return { got, read };
}

test('the store answers as the one that it takes the place of', async () => {
  const nonEmpty = operations.map((each) => each.filter(({ key }) => key !== ''));
  const wanted = fc.array(
    fc.tuple(bounds, options).map(([range, limit]) => ({ ...range, ...limit })),
    { maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(nonEmpty, nonEmpty, wanted, async (single, batch, ranges) => {
      const own = db.create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
      const plain = db.create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
      keepTextsInMemory(own.db);
      expect(await answers(own, single, batch, ranges)).toEqual(await answers(plain, single, batch, ranges));
    }),
    { numRuns: 60 },
  );
});

test('a stream reads on where it was, whatever is written meanwhile', async () => {
  const store = db.create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  keepTextsInMemory(store.db);
  const nothing = () => {};
  const keyOf = (number: number) => String(number).padStart(4, '0');
  for (let number = 0; number < 500; number += 2) store.db.put(keyOf(number), { number }, nothing);
  const seen: number[] = [];
  for await (const row of store.db.createValueStream({ gte: keyOf(0), lt: keyOf(500) })) {
    const { number } = row as { number: number };
    seen.push(number);
    store.db.del(keyOf(number), nothing);
  }
  expect(seen).toEqual(Array.from({ length: 250 }, (_, index) => 2 * index));
});
