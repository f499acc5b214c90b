/** Types for the parts that are used of two emulators without types. */
declare module 'kinesalite' {
  import type { Server } from 'node:http';
  import type { KinesaliteOptions } from 'kinesalite/db/index.js';
  export default function kinesalite(options: KinesaliteOptions): Server;
}

declare module 'kinesalite/db/index.js' {
  import type { Readable } from 'node:stream';
  import type { Lock } from '../guard/release-locks.ts';

  /** Times are how long a stream stays in each passing state. */
  export interface KinesaliteOptions {
    createStreamMs: number;
    deleteStreamMs: number;
    updateStreamMs: number;
    shardLimit: number;
    /** Folder of its database; in memory without one. */
    path?: string;
  }
  type Done = (error?: Error | null) => void;
  /** The records of one stream: those of a PutRecord are put, those of a PutRecords batched. */
  export interface StreamDb {
    put(key: string, value: unknown, done: Done): void;
    batch(
      operations: readonly { readonly type: 'put' | 'del'; readonly key: string; readonly value?: unknown }[],
      ...rest: [options: object, done: Done] | [done: Done]
    ): void;
    createReadStream(range: KinesisRange): Readable;
  }
  /** The range of keys: from one (`gte`) or after one (`gt`), up to another. */
  export type KinesisRange = { readonly lt: string } & ({ readonly gte: string } | { readonly gt: string });
  export interface KinesisRow {
    readonly key: string;
    /** With the data in base64. */
    readonly value: { readonly Data: string; readonly ApproximateArrivalTimestamp?: number };
  }
  export interface Stream {
    readonly StreamStatus: 'CREATING' | 'DELETING' | 'ACTIVE' | 'UPDATING';
    RetentionPeriodHours: number;
    readonly Shards: readonly { readonly SequenceNumberRange: { readonly StartingSequenceNumber: string } }[];
    /** The number of the next record of each five shards; none where there was no record yet. */
    _seqIx: (number | null)[];
  }
  export interface Store {
    readonly db: {
      isOpen(): boolean;
      close(): Promise<void>;
      on(event: 'error', listener: (error: Error) => void): void;
      once(event: 'open', listener: () => void): void;
    };
    getStreamDb(streamName: string): StreamDb;
    deleteStreamDb(streamName: string, done: Done): void;
    getStream(name: string, done: (error: Error | null, stream?: Stream) => void): void;
    readonly metaDb: {
      lock: Lock;
      createReadStream(): AsyncIterable<{ readonly key: string; readonly value: Stream }>;
      put(key: string, value: Stream): Promise<void>;
      del(key: string): Promise<void>;
    };
  }
  /** What a sequence number is made of. Times are in milliseconds, in whole seconds. */
  export interface SequencePieces {
    readonly shardCreateTime: number;
    readonly seqIx?: string | number | null;
    readonly byte1?: string;
    readonly seqTime?: number;
    readonly shardIx?: number;
    readonly version?: number;
  }
  /** How hash keys and sequence numbers are worked out. All actions call these. */
  export interface KinesisNumbers {
    partitionKeyToHashKey(partitionKey: string): { comparedTo(other: string | number): number };
    stringifySequence(pieces: SequencePieces): string;
    parseSequence(sequenceNumber: string): SequencePieces;
  }
  const db: KinesisNumbers & { create(options: KinesaliteOptions): Store };
  export default db;
}

declare module 'dynalite' {
  import type { Server } from 'node:http';
  import type { DynaliteOptions } from 'dynalite/db/index.js';
  export default function dynalite(options: DynaliteOptions): Server;
}

declare module 'dynalite/db/index.js' {
  import type { Readable } from 'node:stream';
  import type { AttributeValue } from 'aws-lambda';
  import type { Lock } from '../guard/release-locks.ts';

  export interface DynaliteOptions {
    createTableMs: number;
    deleteTableMs: number;
    updateTableMs: number;
    /** Folder of its database; in memory without one. */
    path?: string;
  }
  type Item = Record<string, AttributeValue>;
  type Done<T = void> = (error: Error | null, value?: T) => void;
  /** The items of one table, by an encoding of their key. All but `get` are called under the lock of the key. */
  export interface ItemDb {
    lock: Lock;
    get(key: string, done: Done<Item>): void;
    put(key: string, item: Item, done: Done): void;
    del(key: string, done: Done): void;
    createValueStream(): AsyncIterable<Item>;
  }
  interface Index {
    readonly IndexName: string;
  }
  interface Table {
    readonly TableName: string;
    readonly TableStatus: 'CREATING' | 'DELETING' | 'ACTIVE' | 'UPDATING';
    readonly GlobalSecondaryIndexes?: readonly Index[];
  }
  /** What a write changes in indexes, if it replaces the first item by the second. */
  interface IndexActions {
    readonly puts: readonly { readonly index: string; readonly key: string; readonly item: Item }[];
  }
  export interface Iterator {
    /** @throws after `close` */
    next(): Promise<unknown>;
    close(): Promise<void>;
  }
  /** A value is anything that JSON has. */
  export interface Operation {
    readonly type: 'put' | 'del';
    readonly key: string;
    readonly value?: unknown;
  }
  export interface Store {
    /** All that is stored, by keys that begin with the name of a table and what it is of it. */
    readonly db: {
      /** Waits until it is open, with these options if nobody has opened it before. @throws what keeps it from opening */
      open(options?: typeof import('./lean-database.ts').leanOptions): Promise<void>;
      close(): Promise<void>;
      get(key: string, done: Done<unknown>): void;
      put(key: string, value: unknown, done: Done): void;
      del(key: string, done: Done): void;
      batch(operations: readonly Operation[], done: Done): void;
      keys(options?: object): Iterator;
      values(options?: object): Iterator;
      createKeyStream(options?: object): Readable;
      createValueStream(options?: object): Readable;
    };
    readonly tableDb: {
      lock: Lock;
      createKeyStream(): Readable;
      createReadStream(): AsyncIterable<Table>;
      del(key: string, done: Done): void;
    };
    getItemDb(tableName: string): ItemDb;
  }
  const db: {
    create(options: DynaliteOptions): Store;
    getIndexActions(
      indexes: readonly Index[],
      before: Item | undefined,
      item: Item,
      table: Table,
    ): IndexActions;
  };
  export default db;
}

declare module 'dynalite/db/conditionParser.js' {
  import type { AttributeValue } from 'aws-lambda';

  /** What an expression refers to. Names and values that it uses are removed from the unused ones. */
  export interface ExpressionContext {
    readonly attrNames?: Readonly<Record<string, string>>;
    readonly attrVals?: Readonly<Record<string, AttributeValue>>;
    readonly unusedAttrNames?: Record<string, true>;
    readonly unusedAttrVals?: Record<string, true>;
    compare(operator: string, value: unknown, other: unknown): boolean;
    isReserved(name: string): boolean;
  }
  export interface ExpressionParser {
    /** @returns a tree, or a text that tells what is wrong. @throws if the syntax is wrong */
    parse(expression: string, options: { readonly context: ExpressionContext }): unknown;
  }
  const parser: ExpressionParser;
  export default parser;
}

declare module 'dynalite/db/updateParser.js' {
  export { default } from 'dynalite/db/conditionParser.js';
}

declare module 'dynalite/db/projectionParser.js' {
  export { default } from 'dynalite/db/conditionParser.js';
}
