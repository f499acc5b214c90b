import type { SeriesChangePoint } from './change-point.ts';
import type { ChangePointsTable } from './change-points-table.ts';
import type { Notifier } from './notifier.ts';

export interface SettleParts {
  readonly changePoints: ChangePointsTable;
  readonly notifier: Notifier;
  readonly clock: () => Date;
}

/**
 * Brings a decided change point to its end: store, publish, mark, each step only if it is not done yet.
 *
 * After a crash between publishing and marking, the repeat publishes once more; never is one left unpublished.
 */
export async function settle(changePoint: SeriesChangePoint, parts: SettleParts): Promise<void> {
  const { publishedAt } = await parts.changePoints.store(changePoint);
  if (publishedAt !== undefined) return;
  await parts.notifier.publish(changePoint);
  await parts.changePoints.markPublished(changePoint, parts.clock().toISOString());
}
