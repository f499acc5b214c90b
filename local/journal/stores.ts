import type { BuildAppOptions } from 'fauxqs';

/** What fauxqs keeps in memory. */
export type Stores = NonNullable<BuildAppOptions['stores']>;
export type QueueStore = Stores['sqsStore'];
export type Queue = ReturnType<QueueStore['createQueue']>;
export type QueueMessage = Parameters<Queue['enqueue']>[0];
export type ObjectStore = Stores['s3Store'];
export type StoredObject = ReturnType<ObjectStore['getObject']>;
/** The part of a `Map` that the store needs of a bucket. */
export interface ObjectMap {
  readonly size: number;
  get(key: string): StoredObject | undefined;
  set(key: string, object: StoredObject): unknown;
  delete(key: string): unknown;
  clear?(): void;
  keys(): Iterable<string>;
}

interface QueueStoreClass {
  new (): QueueStore;
  /** A message that nobody has received. */
  createMessage(text: string, attributes?: QueueMessage['messageAttributes']): QueueMessage;
}

/** fauxqs does not export its stores, so its files are loaded by their places: this needs the pinned version. */
const loaded = (file: string) => import(new URL(file, import.meta.resolve('fauxqs')).href);
const [queues, topics, objects] = await Promise.all([
  loaded('./sqs/sqsStore.js') as Promise<{ readonly SqsStore: QueueStoreClass }>,
  loaded('./sns/snsStore.js') as Promise<{ readonly SnsStore: new () => Stores['snsStore'] }>,
  loaded('./s3/s3Store.js') as Promise<{ readonly S3Store: new () => Stores['s3Store'] }>,
]);

/** Stores of fauxqs, with nothing in them. */
export function newStores(): Stores {
  return { sqsStore: new queues.SqsStore(), snsStore: new topics.SnsStore(), s3Store: new objects.S3Store() };
}

export const { createMessage } = queues.SqsStore;

/** The buckets of a store, by their names. */
export function bucketsIn(store: ObjectStore): Map<string, ObjectMap> {
  return Reflect.get(store, 'buckets');
}
