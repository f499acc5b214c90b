import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { SeriesChangePoint } from '../change-point.ts';
import { type Head, HeadMovedError } from './head.ts';
import { withMaps } from './with-maps.ts';

export interface ChangePointsTable {
  /** The HEAD of a series. If none is stored, it is one of version 0. */
  head(seriesId: string): Promise<Head>;
  /** The same of what a query found under the HEAD's key. */
  headOf(seriesId: string, stored: Readonly<Record<string, unknown>> | undefined): Promise<Head>;
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

/** The version of a HEAD that is not stored. No stored one is below it, since each write raises the version. */
const notStored = 0;

const isNew: WriteCondition = { ConditionExpression: 'attribute_not_exists(sortKey)' };

const isUnmoved = ({ version, writeId }: Pick<Head, 'version' | 'writeId'>): WriteCondition =>
  version === notStored
    ? isNew
    : {
        ConditionExpression: `#version = :version AND ${
          writeId === undefined ? 'attribute_not_exists(writeId)' : 'writeId = :writeId'
        }`,
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: {
          ':version': version,
          ...(writeId !== undefined && { ':writeId': writeId }),
        },
      };

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

  /** @returns `undefined` if the condition held; else the item that is there instead, as far as the refusal tells */
  async function put(
    Item: object,
    condition: WriteCondition,
    options: { abortSignal?: AbortSignal } = {},
  ): Promise<Refusal | undefined> {
    const command = new PutCommand({
      TableName: tableName,
      Item: withMaps(Item),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ...condition,
    });
    return refusalOf(client.send(command, options));
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

  const headOf: ChangePointsTable['headOf'] = async (seriesId, stored) => {
    if (stored === undefined) return { ...headKey(seriesId), version: notStored };
    return (stored.version === undefined ? await addVersion(seriesId) : stored) as unknown as Head;
  };

  return {
    headOf,

    async head(seriesId) {
      return headOf(seriesId, await get(headKey(seriesId)));
    },

    async moveHead(head, to) {
      const { seriesId, version } = head;
      const moved = { ...headKey(seriesId), ...to, version: version + 1, writeId: newId() };
      const refusal = await put(moved, isUnmoved(head));
      if (refusal === undefined) return moved;
      // If the answer to a write is lost, the SDK repeats it, and the first write makes the condition of the second fail.
      const stored = refusal.stored ?? (await get(headKey(seriesId)));
      if (stored?.writeId === moved.writeId) return moved;
      const there = stored?.version === undefined ? undefined : (stored as unknown as Head);
      throw new HeadMovedError(`the HEAD has moved past version ${version}`, there);
    },

    async store(changePoint, abortSignal) {
      const refusal = await put({ ...changePointKey(changePoint), ...changePoint }, isNew, { abortSignal });
      if (refusal === undefined) return {};
      const stored = refusal.stored ?? (await get(changePointKey(changePoint), { abortSignal }));
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
      await refusalOf(client.send(command, { abortSignal }));
    },
  };
}

/** The refusal of a write whose condition did not hold. The emulator does not tell which item is there instead. */
interface Refusal {
  readonly stored: Readonly<Record<string, unknown>> | undefined;
}

/** @returns `undefined` if the condition of the write held */
async function refusalOf(write: Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await write;
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { stored: error.Item && unmarshall(error.Item, { wrapNumbers: Number }) };
  }
}
