import { type DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { SeriesChangePoint } from '../change-point.ts';
import {
  beforeChangePoints,
  type ChangePointName,
  changePointKey,
  changePointOf,
  type SetAside,
  type StoredChangePoint,
} from './stored-change-point.ts';
import { unlessRefused } from './unless-refused.ts';

/** Where a change point stands, and the one before it in its series. One that was deleted is not pending. */
export interface PendingStanding {
  readonly isPending: boolean;
  readonly isEarlierPending: boolean;
}

/** Who publishes a change point, and until when nobody else may. Times are epoch milliseconds. */
export interface Claim {
  /** Names one attempt to publish; its retries have the same name. */
  readonly claimedBy: string;
  readonly claimedAt: number;
  readonly claimedUntil: number;
}

/** The stored change points, as far as they are not published yet. Every signal ends the call under way. */
export interface PendingChangePoints {
  standing(name: ChangePointName, signal: AbortSignal): Promise<PendingStanding>;
  /** @returns the change point; `undefined` if it is not pending, or another one has a claim that has not ended */
  claim(name: ChangePointName, claim: Claim, signal: AbortSignal): Promise<SeriesChangePoint | undefined>;
  /** Notes that the topic refuses it as invalid. @returns since when, as the item says it; `undefined` if the claim is another one's */
  markRefused(
    name: ChangePointName,
    claimedBy: string,
    now: string,
    signal: AbortSignal,
  ): Promise<string | undefined>;
  /** Ends that it is pending, though it is not told. @returns false if the claim is another one's */
  setAside(name: ChangePointName, claimedBy: string, aside: SetAside, signal: AbortSignal): Promise<boolean>;
  /** Gives a claim back, so that nobody waits for its end. */
  release(name: ChangePointName, claimedBy: string, signal: AbortSignal): Promise<void>;
  /**
   * Marks as published. A later mark does not replace the first. A deleted change point stays deleted. One that was retracted after it was
   * claimed stays pending, since that is not told yet.
   *
   * @param told - as it was claimed
   */
  markPublished(
    told: ChangePointName & { readonly retractedAt?: string | undefined },
    publishedAt: string,
    signal: AbortSignal,
  ): Promise<void>;
}

export function pendingChangePoints(client: DynamoDBDocumentClient, tableName: string): PendingChangePoints {
  /** @returns the item as written; `undefined` if the condition did not hold */
  async function update(
    name: ChangePointName,
    ConditionExpression: string,
    UpdateExpression: string,
    values: Readonly<Record<string, string | number>>,
    abortSignal: AbortSignal,
  ): Promise<StoredChangePoint | undefined> {
    const command = new UpdateCommand({
      TableName: tableName,
      Key: changePointKey(name),
      ConditionExpression,
      UpdateExpression,
      ExpressionAttributeValues: values,
      ReturnValues: 'ALL_NEW',
    });
    const answer = await unlessRefused(client.send(command, { abortSignal }));
    return answer?.Attributes as StoredChangePoint | undefined;
  }

  return {
    async standing(name, abortSignal) {
      const { seriesId, sortKey } = changePointKey(name);
      const command = new QueryCommand({
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'seriesId = :series AND sortKey BETWEEN :first AND :this',
        ExpressionAttributeValues: { ':series': seriesId, ':first': beforeChangePoints, ':this': sortKey },
        ProjectionExpression: 'sortKey, pendingSince',
        ScanIndexForward: false,
        Limit: 2,
      });
      const { Items = [] } = await client.send(command, { abortSignal });
      const isPending = (isThis: boolean) =>
        Items.some((item) => (item.sortKey === sortKey) === isThis && item.pendingSince !== undefined);
      return { isPending: isPending(true), isEarlierPending: isPending(false) };
    },

    async claim(name, { claimedBy, claimedAt, claimedUntil }, abortSignal) {
      // If the answer to a claim is lost, the SDK repeats it, and finds its own claim. While clocks agree, no claim lasts on for twice its
      // length. One that does was made by a clock that was ahead: it counts as ended, or it would hold the change point back for as long.
      const latest = claimedAt + 2 * (claimedUntil - claimedAt);
      const stored = await update(
        name,
        // If the end of a claim is no number, neither comparison holds.
        'attribute_exists(pendingSince) AND (NOT (claimedUntil > :now AND claimedUntil <= :latest) OR claimedBy = :by)',
        'SET claimedBy = :by, claimedUntil = :until',
        { ':by': claimedBy, ':now': claimedAt, ':until': claimedUntil, ':latest': latest },
        abortSignal,
      );
      return stored && changePointOf(stored);
    },

    async markRefused(name, claimedBy, now, abortSignal) {
      const stored = await update(
        name,
        'claimedBy = :by',
        'SET refusedSince = if_not_exists(refusedSince, :now)',
        { ':by': claimedBy, ':now': now },
        abortSignal,
      );
      return stored && String(stored.refusedSince);
    },

    async setAside(name, claimedBy, { setAsideAt, setAsideFor }, abortSignal) {
      const stored = await update(
        name,
        'claimedBy = :by',
        'SET setAsideAt = :at, setAsideFor = :reason REMOVE claimedBy, claimedUntil, pendingSince, refusedSince',
        { ':by': claimedBy, ':at': setAsideAt, ':reason': setAsideFor },
        abortSignal,
      );
      return stored !== undefined;
    },

    async release(name, claimedBy, abortSignal) {
      await update(
        name,
        'claimedBy = :by',
        'REMOVE claimedBy, claimedUntil',
        { ':by': claimedBy },
        abortSignal,
      );
    },

    async markPublished(told, publishedAt, abortSignal) {
      const mark =
        'SET publishedAt = if_not_exists(publishedAt, :at) REMOVE claimedBy, claimedUntil, refusedSince, setAsideAt, setAsideFor';
      const values = { ':at': publishedAt };
      const isAllTold =
        told.retractedAt === undefined
          ? 'attribute_exists(sortKey) AND attribute_not_exists(retractedAt)'
          : 'attribute_exists(retractedAt)';
      const marked = await update(told, isAllTold, `${mark}, pendingSince`, values, abortSignal);
      if (marked === undefined)
        await update(told, 'attribute_exists(retractedAt)', mark, values, abortSignal);
    },
  };
}
