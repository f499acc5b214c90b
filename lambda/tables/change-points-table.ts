import { types } from 'node:util';
import type { DetectorOptions } from '@aed/core';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { SeriesChangePoint } from '../change-point.ts';

/** The state of a series. */
export interface Head {
  readonly seriesId: string;
  /** Every write raises it. A write that is based on another version than the stored one is refused. */
  readonly version: number;
  /** The id of the write that made this HEAD; absent in the first. After a HEAD is deleted, a new one may have its version, but not its id. */
  readonly writeId?: string;
  /** The regime starts with the event after this key. If absent, it starts with the first event of the series. */
  readonly regimeAfter?: string;
  /** What the regimes before left to the current one: doubles, as bytes. Absent if nothing. */
  readonly memory?: Uint8Array | undefined;
  /** A test has ended at every event up to this key, and no test ends there again. */
  readonly testedThrough?: string;
  /** A change point that is decided but not settled: it may not be stored, published or marked yet. */
  readonly pending?: SeriesChangePoint;
  /** ISO time of the decision. Present exactly while `pending` is, so that the index finds the HEAD. */
  readonly pendingSince?: string;
  /** The only one that may settle the pending change point until `claimedUntil`. */
  readonly claimedBy?: string;
  /** Epoch milliseconds. */
  readonly claimedUntil?: number;
  /** Options of this series where they differ from the service's. */
  readonly options?: DetectorOptions;
}

/** Another writer moved the HEAD since it was read. */
export class HeadMovedError extends Error {
  override readonly name = 'HeadMovedError';
}

export interface ChangePointsTable {
  /** The HEAD of a series. The first call creates it. */
  head(seriesId: string): Promise<Head>;
  /** Replaces the HEAD by its successor. @throws HeadMovedError if the stored one is no longer the one given */
  moveHead(head: Head, to: Omit<Head, 'seriesId' | 'version' | 'writeId'>): Promise<Head>;
  /** Stores a change point, unless it is stored already. @returns when it was published, if it was */
  store(changePoint: SeriesChangePoint, signal: AbortSignal): Promise<{ readonly publishedAt?: string }>;
  /** Marks a stored change point as published. A later mark does not replace the first. A deleted change point stays deleted. */
  markPublished(changePoint: SeriesChangePoint, publishedAt: string, signal: AbortSignal): Promise<void>;
}

type WriteCondition = Pick<
  PutCommandInput,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

const isNew: WriteCondition = { ConditionExpression: 'attribute_not_exists(sortKey)' };

const isUnmoved = ({ version, writeId }: Pick<Head, 'version' | 'writeId'>): WriteCondition => ({
  ConditionExpression: `#version = :version AND ${
    writeId === undefined ? 'attribute_not_exists(writeId)' : 'writeId = :writeId'
  }`,
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':version': version, ...(writeId !== undefined && { ':writeId': writeId }) },
});

/** @param newId - makes the id of each write of a HEAD */
export function changePointsTable(
  client: DynamoDBDocumentClient,
  tableName: string,
  newId: () => string,
): ChangePointsTable {
  const headKey = (seriesId: string) => ({ seriesId, sortKey: 'HEAD' });
  const changePointKey = ({ seriesId, eventKey }: SeriesChangePoint) => ({
    seriesId,
    sortKey: `CP#${eventKey}`,
  });

  async function get(Key: Record<string, string>, options: { abortSignal?: AbortSignal } = {}) {
    const command = new GetCommand({ TableName: tableName, Key, ConsistentRead: true });
    const { Item } = await client.send(command, options);
    return Item;
  }

  /** @returns whether the condition held */
  async function put(
    Item: object,
    condition: WriteCondition,
    options: { abortSignal?: AbortSignal } = {},
  ): Promise<boolean> {
    const command = new PutCommand({ TableName: tableName, Item: withMaps(Item), ...condition });
    return unlessRefused(client.send(command, options));
  }

  /** Gives a version to a HEAD that was made by hand with options alone. Without one no write could follow. */
  async function addVersion(seriesId: string) {
    const command = new UpdateCommand({
      TableName: tableName,
      Key: headKey(seriesId),
      UpdateExpression: 'SET #version = if_not_exists(#version, :first)',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':first': 1 },
      ReturnValues: 'ALL_NEW',
    });
    const { Attributes } = await client.send(command);
    return Attributes;
  }

  return {
    async head(seriesId) {
      const stored = await get(headKey(seriesId));
      if (stored !== undefined)
        return (stored.version === undefined ? await addVersion(seriesId) : stored) as Head;
      const first: Head = { ...headKey(seriesId), version: 1 };
      if (await put(first, isNew)) return first;
      return (await get(headKey(seriesId))) as Head;
    },

    async moveHead(head, to) {
      const { seriesId, version } = head;
      const moved = { ...headKey(seriesId), ...to, version: version + 1, writeId: newId() };
      if (await put(moved, isUnmoved(head))) return moved;
      // If the answer to a write is lost, the SDK repeats it, and the first write makes the condition of the second fail.
      const stored = await get(headKey(seriesId));
      if (stored?.writeId === moved.writeId) return moved;
      throw new HeadMovedError(`the HEAD has moved past version ${version}`);
    },

    async store(changePoint, abortSignal) {
      if (await put({ ...changePointKey(changePoint), ...changePoint }, isNew, { abortSignal })) return {};
      const stored = await get(changePointKey(changePoint), { abortSignal });
      return typeof stored?.publishedAt === 'string' ? { publishedAt: stored.publishedAt } : {};
    },

    async markPublished(changePoint, publishedAt, abortSignal) {
      const command = new UpdateCommand({
        TableName: tableName,
        Key: changePointKey(changePoint),
        ConditionExpression: 'attribute_exists(sortKey)',
        UpdateExpression: 'SET publishedAt = if_not_exists(publishedAt, :at)',
        ExpressionAttributeValues: { ':at': publishedAt },
      });
      await unlessRefused(client.send(command, { abortSignal }));
    },
  };
}

/** @returns whether the condition of the write held */
async function unlessRefused(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** An item with a Map for each object in it. A HEAD is written back with whatever options somebody put into it. */
function withMaps(item: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, asMap(value)]));
}

/**
 * The same value, with a Map for each object. The SDK knows an object by its `constructor`, which any key of that name
 * hides. Of a Map it writes every key.
 */
function asMap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asMap);
  const isObject = typeof value === 'object' && value !== null;
  if (!isObject || types.isSet(value) || types.isUint8Array(value)) return value;
  return new Map(Object.entries(value).map(([name, inner]) => [name, asMap(inner)]));
}
