import { waitBeforeRetry } from '../backoff.ts';
import type { SeriesChangePoint } from '../change-point.ts';
import { processingLimits } from '../processing-limits.ts';
import type { Head } from '../tables/change-points-table.ts';
import { type SettleParts, settle } from './settle.ts';

/** Another one has been at what is pending for too long; who repeats later finds it done, or free. */
export class ClaimedError extends Error {
  override readonly name = 'ClaimedError';
}

/** What a HEAD holds of a change point that is decided, the claim of who decided it included. */
export function pendingIn(
  pending: SeriesChangePoint,
  claimant: string,
  now: Date,
): Pick<Head, 'pending' | 'pendingSince' | 'claimedBy' | 'claimedUntil'> {
  return { pending, pendingSince: now.toISOString(), ...claimOf(claimant, now) };
}

/** Whether somebody may be at what is pending just now. */
export function isClaimed({ claimedUntil = 0 }: Head, now: Date): boolean {
  return claimedUntil > now.getTime();
}

/**
 * Brings what is pending in a HEAD to its end, or waits until another one has.
 *
 * Two that settle one change point at the same time would both publish it. So whoever decides it has a claim on it, for
 * longer than settling may take; others wait and look again, and take over what is left when the claim has ended: by a
 * write with a claim of their own, so that one of them does. A failure gives the claim back; a crash lets it run out.
 *
 * @param claimant - names this attempt, its repeats included
 * @returns the HEAD, with nothing pending
 * @throws what a store or the notifier throws; HeadMovedError if another one took over, ClaimedError after too long a wait
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
    // Nobody has to wait for a claim that its holder does not use. If this fails as well, the claim runs out.
    await parts.changePoints.moveHead(head, unclaimed).catch(() => {});
    throw error;
  }
  const { pending: _pending, pendingSince: _since, ...settled } = unclaimed;
  return parts.changePoints.moveHead(head, settled);
}
