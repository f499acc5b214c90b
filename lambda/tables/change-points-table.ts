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

/** Where a series stands. */
export interface Head {
  readonly seriesId: string;
  /** Raised by every write; a write that follows on another version than the stored one is refused. */
  readonly version: number;
  /** Names the write that made it, but for the first one: tells it from one of the same version, made after it was deleted. */
  readonly writeId?: string;
  /** The regime starts with the event after this key; absent: with the first event of the series. */
  readonly regimeAfter?: string;
  /** At every event up to this key a test has ended, and none ends there again. */
  readonly testedThrough?: string;
  /** A change point that is decided, and may not be stored, published or marked yet. */
  readonly pending?: SeriesChangePoint;
  /** ISO time at which it was decided; there exactly while something is pending, so that an index finds it. */
  readonly pendingSince?: string;
  /** Who alone may bring what is pending to its end, until `claimedUntil`. */
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
  /** The series' HEAD, made with the first call. */
  head(seriesId: string): Promise<Head>;
  /** Replaces the HEAD by its successor. @throws HeadMovedError if the stored one is no longer the one given */
  moveHead(head: Head, to: Omit<Head, 'seriesId' | 'version' | 'writeId'>): Promise<Head>;
  /** Stores a change point, unless it is stored already. @returns when it was published, if it was */
  store(changePoint: SeriesChangePoint, signal: AbortSignal): Promise<{ readonly publishedAt?: string }>;
  /** Marks a stored change point as published; the first time stands. One that was deleted meanwhile stays so. */
  markPublished(changePoint: SeriesChangePoint, publishedAt: string, signal: AbortSignal): Promise<void>;
}

type Condition = Pick<
  PutCommandInput,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

const isNew: Condition = { ConditionExpression: 'attribute_not_exists(sortKey)' };

const isUnmoved = ({ version, writeId }: Pick<Head, 'version' | 'writeId'>): Condition => ({
  ConditionExpression: `#version = :version AND ${
    writeId === undefined ? 'attribute_not_exists(writeId)' : 'writeId = :writeId'
  }`,
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':version': version, ...(writeId !== undefined && { ':writeId': writeId }) },
});

/** @param newId - names each write of a HEAD, so that it is known again */
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
    condition: Condition,
    options: { abortSignal?: AbortSignal } = {},
  ): Promise<boolean> {
    return unlessRefused(client.send(new PutCommand({ TableName: tableName, Item, ...condition }), options));
  }

  /** For a HEAD made by hand, with options alone: without a version no write could follow on it. */
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
      // A write whose answer was lost is refused when the SDK repeats it: by itself.
      const stored = await get(headKey(seriesId));
      if (stored?.writeId === moved.writeId) return moved;
      throw new HeadMovedError(`the HEAD is past version ${version}`);
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
