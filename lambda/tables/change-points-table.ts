import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  type PutCommandInput,
  paginateQuery,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { toValues } from '../document-client.ts';
import { type Head, HeadMovedError, headSortKey, notStored } from './head.ts';
import { quickCalls } from './quick-calls.ts';
import { readableHead } from './readable-head.ts';
import {
  afterChangePoints,
  beforeChangePoints,
  type ChangePointName,
  changePointKey,
  type DecidedChangePoint,
  type StoredChangePoint,
} from './stored-change-point.ts';
import { unlessRefused } from './unless-refused.ts';
import { withMaps } from './with-maps.ts';

export interface ChangePointsTable {
  /** The HEAD of a series, as far as it can be used. If none is stored, it is one of version 0. @throws if it is damaged where its series cannot go on */
  head(seriesId: string): Promise<Head>;
  /** The same of what a query found under the HEAD's key. */
  headOf(seriesId: string, stored: Partial<Head> | undefined): Promise<Head>;
  /** Replaces the HEAD by its successor. @throws HeadMovedError if the stored one is no longer the one given */
  moveHead(head: Head, to: Omit<Head, 'seriesId' | 'version' | 'writeId'>): Promise<Head>;
  /** Stores a change point, to be published, unless it is stored already. */
  store(changePoint: DecidedChangePoint, pendingSince: string): Promise<void>;
  /** The change points of a series that were known at an event or after it, and the one before these, in their order. */
  knownAround(seriesId: string, eventKey: string): AsyncIterable<StoredChangePoint>;
  /** Marks a change point as retracted, which is then to be published. @returns whether it is so now, and was not before */
  retract(changePoint: ChangePointName, retractedAt: string): Promise<boolean>;
}

/** A change point has two neighbours that may rest on one event. */
const changePointsOfPage = 4;

type WriteCondition = Pick<
  PutCommandInput,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

const isNew: WriteCondition = { ConditionExpression: 'attribute_not_exists(sortKey)' };

/** Also holds for a stored change point that nobody would publish: neither published, nor pending, nor set aside. */
const isUnknown: WriteCondition = {
  ConditionExpression:
    'attribute_not_exists(publishedAt) AND attribute_not_exists(pendingSince) AND attribute_not_exists(setAsideAt)',
};

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
  const calls = quickCalls(client);
  const headKey = (seriesId: string) => ({ seriesId, sortKey: headSortKey });

  async function get(Key: Record<string, string>): Promise<Partial<Head> | undefined> {
    const command = new GetCommand({ TableName: tableName, Key, ConsistentRead: true });
    const { Item } = await client.send(command);
    return Item;
  }

  /** @returns `undefined` if the condition held; else the item that is there instead, as far as the refusal tells */
  async function put(Item: object, condition: WriteCondition): Promise<Refusal | undefined> {
    const write = calls.put({
      TableName: tableName,
      Item: withMaps(Item),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ...condition,
    });
    return refusalOf(write);
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

  const between = (seriesId: string, first: string, last: string) => ({
    TableName: tableName,
    ConsistentRead: true,
    KeyConditionExpression: 'seriesId = :series AND sortKey BETWEEN :first AND :last',
    ExpressionAttributeValues: { ':series': seriesId, ':first': first, ':last': last },
  });

  const headOf: ChangePointsTable['headOf'] = async (seriesId, stored) => {
    if (stored === undefined) return { ...headKey(seriesId), version: notStored };
    return readableHead((stored.version === undefined ? await addVersion(seriesId) : stored) as Head);
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
      const there = stored?.version === undefined ? undefined : readableHead(stored as Head);
      throw new HeadMovedError(`the HEAD has moved past version ${version}`, there);
    },

    async store(changePoint, pendingSince) {
      await put({ ...changePoint, ...changePointKey(changePoint), pendingSince }, isUnknown);
    },

    async *knownAround(seriesId, eventKey) {
      const { sortKey } = changePointKey({ seriesId, eventKey });
      const { Items: before = [] } = await client.send(
        new QueryCommand({
          ...between(seriesId, beforeChangePoints, sortKey),
          ScanIndexForward: false,
          Limit: 2,
        }),
      );
      yield* before.filter((item) => item.sortKey !== sortKey).slice(0, 1) as StoredChangePoint[];
      const pages = paginateQuery(
        { client, pageSize: changePointsOfPage },
        between(seriesId, sortKey, afterChangePoints),
      );
      for await (const page of pages) yield* (page.Items ?? []) as StoredChangePoint[];
    },

    async retract(changePoint, retractedAt) {
      const command = new UpdateCommand({
        TableName: tableName,
        Key: changePointKey(changePoint),
        ConditionExpression: 'attribute_exists(sortKey) AND attribute_not_exists(retractedAt)',
        UpdateExpression: 'SET retractedAt = :at, pendingSince = if_not_exists(pendingSince, :at)',
        ExpressionAttributeValues: { ':at': retractedAt },
      });
      return (await unlessRefused(client.send(command))) !== undefined;
    },
  };
}

/** The refusal of a write whose condition did not hold. The emulator does not tell which item is there instead. */
interface Refusal {
  readonly stored: Partial<Head> | undefined;
}

/** @returns `undefined` if the condition of the write held */
async function refusalOf(write: Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await write;
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { stored: error.Item && unmarshall(error.Item, toValues) };
  }
}
