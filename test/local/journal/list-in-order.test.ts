import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { openJournal } from '../../../local/journal/journal.ts';
import { keepObjects } from '../../../local/journal/keep-objects.ts';
import { listInOrder } from '../../../local/journal/list-in-order.ts';
import { newStores, type ObjectStore } from '../../../local/journal/stores.ts';
import { useFolder } from '../../use/folder.ts';

const folder = useFolder();

function put(store: ObjectStore, ...keys: readonly string[]): void {
  for (const key of keys) store.putObject('bucket', key, Buffer.from(key), 'text/plain', {});
}

function inMemory() {
  const { s3Store: store } = newStores();
  listInOrder(store);
  store.createBucket('bucket');
  return store;
}

/** All keys of a list, page by page, each from the last key of the page before. */
function listed(store: ObjectStore, maxKeys: number, prefix: string): readonly string[] {
  const keys: string[] = [];
  for (let startAfter = ''; ; startAfter = keys.at(-1) ?? '') {
    const { objects, isTruncated } = store.listObjects('bucket', { maxKeys, prefix, startAfter });
    keys.push(...objects.map(({ key }) => key));
    if (!isTruncated) return keys;
  }
}

// A language puts `b` before `C`, and passes over `-`. S3 does not.
const key = fc.stringMatching(/^[-_./aAbBcC0ä]{1,5}$/);

test('the pages of a list have every key once, in the order of code units', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { maxLength: 12 }),
      fc.uniqueArray(key, { maxLength: 3 }),
      fc.integer({ min: 1, max: 4 }),
      fc.stringMatching(/^[-a./]{0,2}$/),
      (keys, deleted, maxKeys, prefix) => {
        const store = inMemory();
        put(store, ...keys);
        for (const one of deleted) store.deleteObject('bucket', one);
        const expected = keys.filter((one) => !deleted.includes(one) && one.startsWith(prefix)).sort();
        expect(listed(store, maxKeys, prefix)).toEqual(expected);
      },
    ),
  );
});

test('keys that go on after a delimiter count as one', () => {
  const store = inMemory();
  put(store, 'a/1', 'a/2', 'b', 'c/d/1', 'c/e');
  const list = (options: object) => {
    const page = store.listObjects('bucket', { delimiter: '/', ...options });
    return { ...page, objects: page.objects.map(({ key }) => key) };
  };
  expect(list({})).toEqual({ objects: ['b'], commonPrefixes: ['a/', 'c/'], isTruncated: false });
  expect(list({ maxKeys: 2 })).toEqual({ objects: ['b'], commonPrefixes: ['a/'], isTruncated: true });
  expect(list({ startAfter: 'a/' })).toMatchObject({ objects: ['b'], commonPrefixes: ['c/'] });
  expect(list({ prefix: 'c/' })).toMatchObject({ objects: ['c/e'], commonPrefixes: ['c/d/'] });
});

test('a bucket that is emptied, deleted and made anew has what was put since', () => {
  const store = inMemory();
  put(store, 'a', 'b');
  store.emptyBucket('bucket');
  expect(listed(store, 9, '')).toEqual([]);
  store.deleteBucket('bucket');
  expect(() => listed(store, 9, '')).toThrow('does not exist');
  store.createBucket('bucket');
  put(store, 'c');
  expect(listed(store, 9, '')).toEqual(['c']);
});

test('a page of a list reads no other object than its own, and not the keys of all', () => {
  const { s3Store: store } = newStores();
  const journal = openJournal(join(folder, 'journal'));
  const [get, keys] = [vi.spyOn(journal, 'get'), vi.spyOn(journal, 'keys')];
  keepObjects(store, journal);
  listInOrder(store);
  store.createBucket('bucket');
  put(store, ...Array.from({ length: 50 }, (_, index) => `${100 + index}`));
  for (const spy of [get, keys]) spy.mockClear();
  const { objects } = store.listObjects('bucket', { startAfter: '120', maxKeys: 5 });
  expect(objects.map(({ body }) => body.toString())).toEqual(['121', '122', '123', '124', '125']);
  expect([get.mock.calls.length, keys.mock.calls.length]).toEqual([5, 0]);
  journal.close();
});
