import { Readable } from 'node:stream';
import fc from 'fast-check';
import db, { type KinesisRange, type Store, type StreamDb } from 'kinesalite/db/index.js';
import { expect, test } from 'vitest';
import { keepRecordsInMemory } from '../../../local/emulators/memory-records.ts';

const options = { createStreamMs: 0, deleteStreamMs: 0, updateStreamMs: 0, shardLimit: 100 };
const keys = fc.stringMatching(/^[ab/]{1,4}$/);
const operations = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('put' as const), key: keys, value: fc.record({ Data: fc.string() }) }),
    fc.record({ type: fc.constant('del' as const), key: keys }),
  ),
  { minLength: 1, maxLength: 30 },
);
const ranges = fc.oneof(
  fc.record({ gte: keys, lt: keys }),
  fc.record({ gt: keys, lt: keys }),
) as fc.Arbitrary<KinesisRange>;

type Operations = typeof operations extends fc.Arbitrary<infer Given> ? Given : never;

async function answers(records: StreamDb, single: Operations, batch: Operations, asked: KinesisRange[]) {
  const call = (make: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => make((error) => (error ? reject(error) : resolve())));
  for (const { type, key, ...rest } of single)
    if (type === 'put') await call((done) => records.put(key, (rest as { value: unknown }).value, done));
  await call((done) => records.batch(batch, {}, done));
  await call((done) => records.batch(single, done));
  return Promise.all(asked.map((range) => Readable.from(records.createReadStream(range)).toArray()));
}

test('records are given as kinesalite gives them', async () => {
  await fc.assert(
    fc.asyncProperty(
      operations,
      operations,
      fc.array(ranges, { maxLength: 5 }),
      async (single, batch, asked) => {
        const [own, plain]: Store[] = [db.create(options), db.create(options)];
        keepRecordsInMemory(own as Store);
        const got = await answers((own as Store).getStreamDb('s'), single, batch, asked);
        expect(got).toEqual(await answers((plain as Store).getStreamDb('s'), single, batch, asked));
      },
    ),
    { numRuns: 60 },
  );
});

test('a stream has its own records, and none once it was deleted', async () => {
  const store = db.create(options);
  keepRecordsInMemory(store);
  const all = (name: string) => store.getStreamDb(name).createReadStream({ gte: '', lt: '~' }).toArray();
  const put = (name: string, Data: string) =>
    new Promise((resolve) => store.getStreamDb(name).put('key', { Data }, resolve));
  await Promise.all([put('one', 'first'), put('other', 'second')]);
  expect(await all('one')).toEqual([{ key: 'key', value: { Data: 'first' } }]);
  await new Promise((resolve) => store.deleteStreamDb('one', resolve));
  expect(await all('one')).toEqual([]);
  expect(await all('other')).toHaveLength(1);
});
