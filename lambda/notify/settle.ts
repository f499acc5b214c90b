import { waitBeforeRetry } from '../backoff.ts';
import type { SeriesChangePoint } from '../change-point.ts';
import { processingLimits } from '../processing-limits.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ChangePointsTable } from '../tables/change-points-table.ts';
import type { Notifier } from './notifier.ts';

export interface SettleParts extends Pick<Surroundings, 'clock' | 'backoff' | 'deadline'> {
  readonly changePoints: ChangePointsTable;
  readonly notifier: Notifier;
}

/**
 * Settles a decided change point: stores it, publishes it and marks it as published. Steps that are done are skipped.
 *
 * After a crash between publishing and marking, the retry publishes once more. No change point is left unpublished.
 *
 * @throws what a store or the notifier throws, at the latest after `processingLimits.settleMs`
 */
export async function settle(changePoint: SeriesChangePoint, parts: SettleParts): Promise<void> {
  const signal = parts.deadline(processingLimits.settleMs);
  const { publishedAt } = await parts.changePoints.store(changePoint, signal);
  if (publishedAt !== undefined) return;
  await parts.notifier.publish(changePoint, signal);
  await mark(changePoint, parts, signal);
}

/** Marks as published, with more retries than other calls: an unmarked change point would be published again. */
async function mark(changePoint: SeriesChangePoint, parts: SettleParts, signal: AbortSignal): Promise<void> {
  const publishedAt = parts.clock().toISOString();
  for (let attempt = 1; ; attempt++) {
    try {
      return await parts.changePoints.markPublished(changePoint, publishedAt, signal);
    } catch (error) {
      if (attempt === processingLimits.markAttempts || signal.aborted) throw error;
      await waitBeforeRetry(parts.backoff, attempt);
    }
  }
}
