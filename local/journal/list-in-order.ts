import { type KeyRange, SortedTexts } from './sorted-texts.ts';
import { bucketsIn, type ObjectMap, type ObjectStore, type StoredObject } from './stores.ts';

type ListOptions = NonNullable<Parameters<ObjectStore['listObjects']>[1]>;

/** S3's limit, and what it gives without one. */
const mostKeys = 1000;

/**
 * Lists the objects of each bucket in the order of the code units of their keys, and looks at no other object than those of a page.
 *
 * fauxqs sorts all keys for each page, and in the order of a language. But a page begins after the last one by the order of code units, so that keys
 * were missing.
 */
export function listInOrder(store: ObjectStore): void {
  const { createBucket } = store;
  const keysIn = new Map<string, SortedTexts>();
  const follow = (name: string) => {
    const objects = bucketsIn(store).get(name);
    if (objects !== undefined) keysIn.set(name, keysOf(objects));
  };
  store.createBucket = (name) => {
    const isNew = !store.hasBucket(name);
    createBucket.call(store, name);
    if (isNew) follow(name);
  };
  for (const name of bucketsIn(store).keys()) follow(name);

  const { listObjects } = store;
  store.listObjects = (bucket, options = {}) => {
    const [objects, keys] = [bucketsIn(store).get(bucket), keysIn.get(bucket)];
    // It tells that there is no such bucket.
    if (objects === undefined || keys === undefined) return listObjects.call(store, bucket, options);
    const { keys: listed, ...page } = pageOf(keys, options);
    return { ...page, objects: listed.map((key) => objects.get(key) as StoredObject) };
  };
}

/** The keys of a bucket, now and from now on. */
function keysOf(objects: ObjectMap): SortedTexts {
  const keys = new SortedTexts();
  const { set, delete: remove } = objects;
  for (const key of objects.keys()) keys.set(key, '');
  objects.set = (key, object) => {
    set.call(objects, key, object);
    keys.set(key, '');
    return objects;
  };
  objects.delete = (key) => {
    const was = remove.call(objects, key);
    keys.delete(key);
    return was;
  };
  objects.clear = () => {
    for (const key of [...objects.keys()]) objects.delete(key);
  };
  return keys;
}

/** The keys of a page. Those that go on after the prefix with the delimiter count as one, up to that. */
function pageOf(
  sorted: SortedTexts,
  { prefix = '', delimiter = '', maxKeys = mostKeys, startAfter, marker }: ListOptions,
) {
  const after = startAfter ?? marker ?? '';
  const keys: string[] = [];
  const commonPrefixes: string[] = [];
  for (const key of keysFrom(sorted, after < prefix ? { gte: prefix } : { gt: after })) {
    if (!key.startsWith(prefix)) break;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const common = end === -1 ? undefined : key.slice(0, end + delimiter.length);
    if (common !== undefined && (common <= after || common === commonPrefixes.at(-1))) continue;
    if (keys.length + commonPrefixes.length >= maxKeys) return { keys, commonPrefixes, isTruncated: true };
    if (common === undefined) keys.push(key);
    else commonPrefixes.push(common);
  }
  return { keys, commonPrefixes, isTruncated: false };
}

function* keysFrom(sorted: SortedTexts, range: KeyRange): Generator<string> {
  for (let from = range; ; ) {
    const [[key] = []] = sorted.rows(from, 1);
    if (key === undefined) return;
    yield key;
    from = { gt: key };
  }
}
