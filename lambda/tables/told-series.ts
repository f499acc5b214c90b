import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { processingLimits } from '../processing-limits.ts';
import { shortId } from './short-id.ts';
import { unlessRefused } from './unless-refused.ts';

/** One notification of people of a change point. */
export interface Telling {
  /** The id of the change point, or what else names its retraction. */
  readonly id: string;
  /** Names the invocation that tells of it, and of all else that it claims in the same message. */
  readonly by: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Whether the message is out. Before that, it is a claim, which ends by itself. */
  readonly isTold?: boolean;
  /** Whether it waits for the next message that may name its series. */
  readonly isHeld?: boolean;
}

/** What is remembered of a series, at a version of its item. */
export interface KnownTellings {
  readonly version: number;
  readonly tellings: readonly Telling[];
}

/** What people were told lately, by series. */
export interface ToldSeries {
  read(seriesId: string): Promise<KnownTellings>;
  /** @returns what is known from now on; `undefined` if another one has replaced it meanwhile */
  replace(
    seriesId: string,
    known: KnownTellings,
    tellings: readonly Telling[],
    now: number,
  ): Promise<KnownTellings | undefined>;
}

/** The sort key of the item, beside the HEAD of the series. The item expires; what it no longer has may be told again. */
const sortKey = 'TOLD';

const firstVersion = 1;

/** The version of an item, in which anyone may have written anything; 0 if it has none. */
function versionIn(version: unknown): number {
  return typeof version === 'number' && version >= firstVersion ? version : 0;
}

/** What is damaged may be told again. */
function tellingsIn(tellings: unknown): readonly Telling[] {
  return Array.isArray(tellings) ? tellings.filter(isTelling).map(asKept) : [];
}

/** Keeps only the fields that are remembered, with short ids. Items of earlier versions have ids of any length. */
function asKept({ id, by, at, isTold, isHeld }: Telling): Telling {
  return {
    id: shortId(id),
    by: shortId(by),
    at,
    ...(isTold === true && { isTold }),
    ...(isHeld === true && { isHeld }),
  };
}

function isTelling(telling: unknown): telling is Telling {
  const { id, by, at } = Object(telling) as Partial<Record<keyof Telling, unknown>>;
  return [id, by].every((text) => typeof text === 'string') && typeof at === 'number';
}

/** The memory of the digest: one item for each series of which people were told lately, in the change-points table. */
export function toldSeries(client: DynamoDBDocumentClient, TableName: string): ToldSeries {
  return {
    async read(seriesId) {
      const command = new GetCommand({ TableName, Key: { seriesId, sortKey }, ConsistentRead: true });
      const { Item } = await client.send(command);
      return { version: versionIn(Item?.version), tellings: tellingsIn(Item?.tellings) };
    },

    async replace(seriesId, { version }, tellings, now) {
      const next = { version: version + 1, tellings };
      const expiresAt = Math.ceil((now + processingLimits.toldMs) / 1000);
      const command = new PutCommand({
        TableName,
        Item: { seriesId, sortKey, ...next, expiresAt },
        ConditionExpression:
          version === 0
            ? 'attribute_not_exists(#version) OR NOT (#version >= :version)'
            : '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': version === 0 ? firstVersion : version },
      });
      return (await unlessRefused(client.send(command))) && next;
    },
  };
}
