import { setTimeout as delay } from 'node:timers/promises';
import type { ResolvedOptions } from '@aed/core';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { documentClient } from '../../lambda/document-client.ts';
import { compareEventKeys, timeOfEventKey } from '../../lambda/event.ts';
import { headSortKey } from '../../lambda/tables/head.ts';
import { readableHead } from '../../lambda/tables/readable-head.ts';
import { FailedError } from '../context.ts';
import { storedChangePoints } from './stored-series.ts';

/** Gives a series its own options, before its first event. The operations guide describes them. */
export async function setSeriesOptions(
  dynamoDb: DynamoDBClient,
  changePointsTable: string,
  seriesId: string,
  options: ResolvedOptions,
): Promise<void> {
  await documentClient(dynamoDb).send(
    new PutCommand({
      TableName: changePointsTable,
      Item: { seriesId, sortKey: headSortKey, version: 1, options },
      ConditionExpression: 'attribute_not_exists(sortKey)',
    }),
  );
}

const pollMs = 300;

export interface WaitOptions {
  readonly seriesId: string;
  /** Event key of the newest event that was put. */
  readonly newest: string;
  readonly longestSeconds: number;
  readonly signal: AbortSignal;
}

/**
 * The change points of a series, once the service has tested it up to an event.
 *
 * @throws FailedError if that takes too long; Error if the HEAD is damaged where its series cannot go on; the signal's reason if it aborts
 */
export async function serviceAnswers(
  dynamoDb: DynamoDBClient,
  changePointsTable: string,
  { seriesId, newest, longestSeconds, signal }: WaitOptions,
): Promise<readonly SeriesChangePoint[]> {
  const stored = storedChangePoints(dynamoDb, changePointsTable, signal);
  const until = performance.now() + longestSeconds * 1000;
  for (;;) {
    const found = await stored.head(seriesId);
    // What is no key is not behind the newest event, though it may sort there.
    const { testedThrough: tested, pending } = found === undefined ? {} : readableHead(found);
    const isDone = tested !== undefined && compareEventKeys(tested, newest) >= 0 && pending === undefined;
    if (isDone) return stored.changePoints(seriesId);
    if (performance.now() > until) {
      const progress =
        tested === undefined ? 'no reading yet' : `the readings up to ${timeOfEventKey(tested)}`;
      throw new FailedError(
        `after ${longestSeconds} s the service had tested ${progress}; look at its alarms and its quarantine, or give it longer (--wait)`,
      );
    }
    await delay(pollMs, undefined, { signal }).catch(() => {});
    signal.throwIfAborted();
  }
}
