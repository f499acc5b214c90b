import { waitBeforeRetry } from '../backoff.ts';
import type { SeriesChangePoint } from '../change-point.ts';
import { processingLimits } from '../processing-limits.ts';
import type { Head } from '../tables/head.ts';
import { type SettleParts, settle } from './settle.ts';

/** Another holder has claimed the pending change point for too long. A later retry finds it settled or unclaimed. */
export class ClaimedError extends Error {
  override readonly name = 'ClaimedError';
}

/** The fields of a HEAD with a decided change point, including the claim of the detector that decided it. */
export function pendingIn(
  pending: SeriesChangePoint,
  claimant: string,
  now: Date,
): Pick<Head, 'pending' | 'pendingSince' | 'claimedBy' | 'claimedUntil'> {
  return { pending, pendingSince: now.toISOString(), ...claimOf(claimant, now) };
}

/** Whether someone may be settling the pending change point at this moment. */
export function isClaimed({ claimedUntil = 0 }: Head, now: Date): boolean {
  return claimedUntil > now.getTime();
}

/**
 * Settles the pending change point of a HEAD, or waits until another holder has settled it.
 *
 * Two that settled one change point at the same time would both publish it. So the one that decides it claims it, for
 * longer than settling may take. Others wait and look again. When the claim has ended, one of them takes over with a
 * conditional write that holds its own claim. A failure gives the claim back; after a crash the claim expires.
 *
 * @param claimant - names this attempt; its retries have the same name
 * @returns the HEAD, with nothing pending
 * @throws what a store or the notifier throws; HeadMovedError if another one took over; ClaimedError after too long a wait
 */
export async function settlePending(head: Head, claimant: string, parts: SettleParts): Promise<Head> {
  const latest = parts.clock().getTime() + processingLimits.claimWaitMs;
  let current = head;
  for (let waits = 0; current.pending !== undefined; ) {
    const now = parts.clock();
    if (now.getTime() > latest) throw new ClaimedError(`a change point is claimed by ${current.claimedBy}`);
    const isOwn = current.claimedBy === claimant;
    if (isOwn && lastsLongEnough(current, now)) {
      current = await finish(current, current.pending, parts);
    } else if (isOwn || !isClaimed(current, now)) {
      current = await parts.changePoints.moveHead(current, { ...current, ...claimOf(claimant, now) });
    } else {
      await waitBeforeRetry(parts.backoff, waits++);
      current = await parts.changePoints.head(current.seriesId);
    }
  }
  return current;
}

function claimOf(claimedBy: string, now: Date): Required<Pick<Head, 'claimedBy' | 'claimedUntil'>> {
  return { claimedBy, claimedUntil: now.getTime() + processingLimits.claimMs };
}

function lastsLongEnough({ claimedUntil = 0 }: Head, now: Date): boolean {
  return claimedUntil - now.getTime() >= processingLimits.settleMs + processingLimits.claimMarginMs;
}

async function finish(head: Head, pending: SeriesChangePoint, parts: SettleParts): Promise<Head> {
  const { claimedBy: _by, claimedUntil: _until, ...unclaimed } = head;
  try {
    await settle(pending, parts);
  } catch (error) {
    // Give the claim back, so that nobody waits for it. If this fails as well, the claim expires.
    await parts.changePoints.moveHead(head, unclaimed).catch(() => {});
    throw error;
  }
  const { pending: _pending, pendingSince: _since, ...settled } = unclaimed;
  return parts.changePoints.moveHead(head, settled);
}
