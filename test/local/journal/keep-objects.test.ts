import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openJournal } from '../../../local/journal/journal.ts';
import { keepObjects } from '../../../local/journal/keep-objects.ts';
import { listInOrder } from '../../../local/journal/list-in-order.ts';
import { newStores } from '../../../local/journal/stores.ts';
import { useFolder } from '../../use/folder.ts';

const folder = useFolder();
let files = 0;
const newFile = () => join(folder, `${++files}`);

function open(file: string) {
  const { s3Store: store } = newStores();
  const journal = openJournal(file);
  keepObjects(store, journal);
  listInOrder(store);
  return { store, journal };
}

const names = fc.stringMatching(/^[a-z-]{1,9}$/);
const object = fc.record({
  bucket: fc.constantFrom('bucket', 'another'),
  key: fc.oneof(fc.constantFrom('a', 'a/b', 'a/c', 'b/1'), fc.string({ minLength: 1 })),
  body: fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
  type: fc.constantFrom('application/json', 'text/plain; charset=utf-8'),
  metadata: fc.dictionary(names, fc.string(), { maxKeys: 2 }),
});
const changes = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ put: object }) },
    { weight: 1, arbitrary: fc.record({ parts: object }) },
    { weight: 2, arbitrary: fc.record({ remove: object }) },
    { weight: 1, arbitrary: fc.record({ empty: fc.constantFrom('bucket', 'another') }) },
  ),
  { maxLength: 12 },
);
type Change = typeof changes extends fc.Arbitrary<(infer One)[]> ? One : never;
type Store = ReturnType<typeof open>['store'];

function make(store: Store, change: Change): void {
  if ('put' in change) {
    const { bucket, key, body, type, metadata } = change.put;
    store.putObject(bucket, key, body, type, metadata);
  } else if ('parts' in change) {
    const { bucket, key, body, type, metadata } = change.parts;
    const upload = store.createMultipartUpload(bucket, key, type, metadata);
    store.completeMultipartUpload(upload, [{ partNumber: 1, etag: store.uploadPart(upload, 1, body) }]);
  } else if ('remove' in change) store.deleteObject(change.remove.bucket, change.remove.key);
  else store.emptyBucket(change.empty);
}

/** All that a reader of a store can ask for, but the times. */
function contentOf(store: Store, maxKeys: number) {
  return ['bucket', 'another'].map((bucket) => ({
    pages: ['', 'a', 'a/b'].flatMap((startAfter) =>
      [undefined, '/'].map((delimiter) => {
        const page = store.listObjects(bucket, { startAfter, maxKeys, ...(delimiter && { delimiter }) });
        return { ...page, objects: page.objects.map(({ lastModified, ...one }) => ({ ...one })) };
      }),
    ),
    objects: store.listObjects(bucket, { maxKeys: 99 }).objects.map(({ key }) => {
      const { lastModified, ...whole } = store.getObject(bucket, key);
      return whole;
    }),
  }));
}

test('objects of a journal are those of a store in memory, after any changes and a restart', () => {
  fc.assert(
    fc.property(changes, fc.integer({ min: 1, max: 5 }), (made, maxKeys) => {
      const file = newFile();
      const { store, journal } = open(file);
      const { s3Store: inMemory } = newStores();
      listInOrder(inMemory);
      for (const bucket of ['bucket', 'another']) {
        store.createBucket(bucket);
        inMemory.createBucket(bucket);
      }
      for (const change of made) {
        make(store, change);
        make(inMemory, change);
      }
      const expected = contentOf(inMemory, maxKeys);
      expect(contentOf(store, maxKeys)).toEqual(expected);
      journal.close();
      const again = open(file);
      for (const bucket of ['bucket', 'another']) again.store.createBucket(bucket);
      expect(contentOf(again.store, maxKeys)).toEqual(expected);
      again.journal.close();
    }),
    { numRuns: 20 },
  );
});

test('an object keeps the time of its change, and nothing of it but its key is in memory', () => {
  const file = newFile();
  const { store, journal } = open(file);
  store.createBucket('bucket');
  const { lastModified } = store.putObject('bucket', 'key', Buffer.from('body'), 'text/plain', {});
  const [name = ''] = journal.keys();
  const kept = journal.get(name) as { readonly base64: string };
  expect(store.getObject('bucket', 'key').lastModified).toEqual(lastModified);
  journal.set(name, { ...kept, base64: Buffer.from('changed').toString('base64'), etag: 'changed' });
  expect(store.getObject('bucket', 'key')).toMatchObject({ body: Buffer.from('changed'), etag: 'changed' });
  const [listed] = store.listObjects('bucket').objects;
  expect(listed).toMatchObject({ contentLength: 7, etag: 'changed', contentType: 'text/plain' });
  expect(() => store.deleteBucket('bucket')).toThrow('not empty');
  journal.delete(name);
  store.deleteBucket('bucket');
});

test('an object that an earlier version kept has the tag of its body, and the time of the start', () => {
  const file = newFile();
  const before = openJournal(file);
  const headers = { 'content-type': 'text/plain', 'x-amz-meta-length': '4' };
  before.set('s3 ["bucket","a/key"]', { headers, base64: Buffer.from('body').toString('base64') });
  before.close();
  const startedAt = Date.now();
  const { store } = open(file);
  const { s3Store: inMemory } = newStores();
  inMemory.createBucket('bucket');
  const put = inMemory.putObject('bucket', 'a/key', Buffer.from('body'), 'text/plain', { length: '4' });
  const { lastModified, ...found } = store.getObject('bucket', 'a/key');
  expect({ ...found, lastModified: put.lastModified }).toEqual(put);
  expect(lastModified.getTime()).toBeGreaterThanOrEqual(startedAt);
});
