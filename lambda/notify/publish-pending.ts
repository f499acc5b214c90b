import { waitBeforeRetry } from '../backoff.ts';
import type { SeriesChangePoint } from '../change-point.ts';
import { processingLimits } from '../processing-limits.ts';
import type { Surroundings } from '../surroundings.ts';
import type { PendingChangePoints } from '../tables/pending-change-points.ts';
import type { ChangePointName } from '../tables/stored-change-point.ts';
import type { Notifier } from './notifier.ts';
import { type SetAsideParts, setAsideIfNever } from './set-aside.ts';

export interface PublishParts extends SetAsideParts, Pick<Surroundings, 'backoff' | 'newId'> {
  readonly notifier: Notifier;
}

/** `waits`: an earlier change point of the series comes first, or another one is publishing this one. `set aside`: it can never be told. */
export type Publishing = 'published' | 'not pending' | 'waits' | 'set aside';

/**
 * Publishes a stored change point, if it is pending, and marks it as published.
 *
 * If two did so at the same time, both would publish it. So the first one claims it, for longer than this may take. After a
 * crash the claim ends by itself, and the change point is still pending: it is published, and twice only if the crash fell
 * between publishing and marking. The change points of a series are published in order: none while an earlier one is pending. One that can never
 * be told is set aside, so that the later ones go on.
 *
 * Cost: one read, two writes and one message.
 *
 * @throws what the table or the notifier throws, at the latest after `publishMs` and `markMs`; it is then still pending
 */
export async function publishPending(name: ChangePointName, parts: PublishParts): Promise<Publishing> {
  const { pending, notifier, clock, deadline, newId } = parts;
  const signal = deadline(processingLimits.publishMs);
  const { isPending, isEarlierPending } = await pending.standing(name, signal);
  if (!isPending) return 'not pending';
  if (isEarlierPending) return 'waits';
  const claimedAt = clock().getTime();
  const claim = { claimedBy: newId(), claimedAt, claimedUntil: claimedAt + processingLimits.claimMs };
  let changePoint: SeriesChangePoint | undefined;
  try {
    changePoint = await pending.claim(name, claim, signal);
    if (changePoint === undefined) return 'waits';
    await notifier.publish(changePoint, signal);
  } catch (error) {
    if (await setAsideIfNever(name, claim.claimedBy, error, parts).catch(() => false)) return 'set aside';
    // If this fails as well, the claim ends by itself.
    await pending.release(name, claim.claimedBy, deadline(processingLimits.markMs)).catch(() => {});
    throw error;
  }
  // By the key that was given: somebody may have edited the one that the item states.
  await mark({ ...name, retractedAt: changePoint.retractedAt }, parts);
  return 'published';
}

/** Marks as published, with more retries than other calls: an unmarked change point would be published again. */
async function mark(
  told: Parameters<PendingChangePoints['markPublished']>[0],
  { pending, clock, backoff, deadline }: PublishParts,
): Promise<void> {
  const signal = deadline(processingLimits.markMs);
  const publishedAt = clock().toISOString();
  for (let attempt = 1; ; attempt++) {
    try {
      return await pending.markPublished(told, publishedAt, signal);
    } catch (error) {
      if (attempt === processingLimits.markAttempts || signal.aborted) throw error;
      await waitBeforeRetry(backoff, attempt);
    }
  }
}
