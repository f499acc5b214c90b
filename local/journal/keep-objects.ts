import { inOnePiece } from './in-one-piece.ts';
import type { Journal } from './journal.ts';
import { type KeptObject, keptObject, objectOf } from './kept-object.ts';
import { bucketsIn, type ObjectMap, type ObjectStore, type StoredObject } from './stores.ts';

/** What a journal key of an object holds, in this order. */
type ObjectName = readonly [bucket: string, key: string];

/** In front of the name, in the keys of the journal. */
const prefix = 's3 ';

/**
 * Keeps the objects of all buckets in a journal, and there alone: memory holds their keys. A request that changes one is answered when
 * the change is kept; if it cannot be kept, with status 500.
 *
 * The buckets of the objects that the journal has are created.
 */
export function keepObjects(store: ObjectStore, journal: Journal): void {
  const { createBucket } = store;
  const openedAt = new Date();
  store.createBucket = (name) => {
    const isNew = !store.hasBucket(name);
    createBucket.call(store, name);
    if (isNew) bucketsIn(store).set(name, objectsIn(journal, name, openedAt));
  };
  for (const [bucket] of namesIn(journal)) store.createBucket(bucket);
}

/** The objects of a bucket, as its store has them by their keys. `listInOrder` adds how it is emptied. */
function objectsIn(journal: Journal, bucket: string, openedAt: Date): ObjectMap {
  const read = (key: string): StoredObject | undefined => {
    const kept = journal.get(keyOf([bucket, key])) as KeptObject | undefined;
    return kept && objectOf(key, kept, openedAt);
  };
  const keys = () => namesIn(journal).flatMap(([of, key]) => (of === bucket ? [key] : []));
  return {
    get: read,
    set: (key, object) => journal.set(keyOf([bucket, key]), keptObject(object)),
    delete: (key) => journal.delete(keyOf([bucket, key])),
    get size() {
      return keys().length;
    },
    keys,
  };
}

function namesIn(journal: Journal): readonly ObjectName[] {
  return journal
    .keys()
    .filter((key) => key.startsWith(prefix))
    .map((key) => JSON.parse(key.slice(prefix.length)));
}

function keyOf(name: ObjectName): string {
  return inOnePiece(prefix, JSON.stringify(name));
}
