import {
  InvalidParameterException,
  InvalidParameterValueException,
  ValidationException,
} from '@aws-sdk/client-sns';
import { printable } from '../printable.ts';
import { processingLimits } from '../processing-limits.ts';
import type { Surroundings } from '../surroundings.ts';
import type { PendingChangePoints } from '../tables/pending-change-points.ts';
import type { ChangePointName } from '../tables/stored-change-point.ts';

/** A change point is damaged, so that it cannot be published. */
export class DamagedError extends RangeError {
  override readonly name = 'DamagedError';
}

/** Called with a change point that is set aside, and why. */
export type OnSetAside = (name: ChangePointName, error: unknown) => void;

export interface SetAsideParts extends Pick<Surroundings, 'clock' | 'deadline'> {
  readonly pending: PendingChangePoints;
  readonly onSetAside: OnSetAside;
}

/**
 * Sets a change point aside if it can never be published, so that the later ones of its series go on. Only the holder of its claim may call this.
 *
 * It never can if it is damaged, or if the topic has refused it as invalid for an hour, as it does with a message that is too long. After any other
 * failure it may be published later.
 *
 * @returns whether it is set aside
 * @throws what the table throws; it is then still pending
 */
export async function setAsideIfNever(
  name: ChangePointName,
  claimedBy: string,
  error: unknown,
  { pending, onSetAside, clock, deadline }: SetAsideParts,
): Promise<boolean> {
  const isDamaged = error instanceof DamagedError;
  if (!isDamaged && !isRefusedAsInvalid(error)) return false;
  const signal = deadline(processingLimits.markMs);
  const now = clock();
  if (!isDamaged) {
    const since = await pending.markRefused(name, claimedBy, now.toISOString(), signal);
    // A time far in the future was noted by a clock that was ahead.
    if (since === undefined || Math.abs(now.getTime() - Date.parse(since)) < processingLimits.refusedMs)
      return false;
  }
  const aside = { setAsideAt: now.toISOString(), setAsideFor: printable((error as Error).message) };
  if (!(await pending.setAside(name, claimedBy, aside, signal))) return false;
  onSetAside(name, error);
  return true;
}

/**
 * Parameters that are wrong in every message or in none, such as those of a FIFO topic.
 * Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html, `MessageDeduplicationId` and `MessageGroupId`.
 */
const ofTheTopic = /TopicArn|MessageGroupId|Deduplication/;

/**
 * Whether the topic finds fault with one message, which says nothing of the others.
 *
 * "If the combined size exceeds the limit, Amazon SNS returns an InvalidParameter error on publish."
 * Source: https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html
 */
export function isRefusedAsInvalid(error: unknown): boolean {
  const isInvalid = [InvalidParameterException, InvalidParameterValueException, ValidationException].some(
    (kind) => error instanceof kind,
  );
  return isInvalid && !ofTheTopic.test((error as Error).message);
}
