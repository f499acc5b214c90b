import { documentClient } from '../../lambda/document-client.ts';
import { readableChangePoints } from '../../lambda/notify/readable-change-points.ts';
import {
  afterChangePoints,
  beforeChangePoints,
  knownChangePointOf,
} from '../../lambda/tables/stored-change-point.ts';
import { readNewest } from './newest-items.ts';
import { pageLimits } from './page-limits.ts';
import type { PageTables } from './page-tables.ts';
import type { OnFollowed } from './untold-changes.ts';

/** Looks at the newest change points of a series. @returns a function that looks once */
export function changeLooks(
  { dynamoDb, changePointsTable }: PageTables,
  onFollowed: OnFollowed,
): (seriesId: string) => Promise<void> {
  const client = documentClient(dynamoDb);
  return async (seriesId) => {
    const newest = await readNewest<Record<string, unknown>>(client, {
      table: changePointsTable,
      sortKey: 'sortKey',
      seriesId,
      most: pageLimits.lookedChangePoints,
      after: beforeChangePoints,
      before: afterChangePoints,
      isConsistent: false,
    });
    for (const stored of readableChangePoints(newest)) {
      // What is not published yet is told of elsewhere, once it is late.
      if (stored.publishedAt === undefined && stored.acknowledgedAt === undefined) continue;
      onFollowed(knownChangePointOf(stored), Date.parse(stored.publishedAt ?? stored.detectedAt));
    }
  };
}
