import type { DetectorOptions } from '@aed/core';
import type { RuleKey } from './rule-keys.ts';

/** Who made a version of a rule, and when. */
interface Made {
  readonly setBy: string;
  /** ISO time. */
  readonly setAt: string;
  /** Epoch seconds from which on the item may be deleted, and counts for nothing. */
  readonly expiresAt?: number;
}

/** A version of a rule that gives options. */
export interface StoredRule extends RuleKey, Made {
  /** Every write raises it. A write that is based on another version than the stored one is refused. */
  readonly version: number;
  /** Only those that are given. Absent where the rule was removed. */
  readonly options?: DetectorOptions;
}

/** A mute: people are not notified of changes until it ends. */
export interface StoredMute extends RuleKey, Made {
  /** ISO time. */
  readonly mutedUntil: string;
}

/** An item of the rules table as anyone may have written it. */
export type RuleItem = Readonly<Record<string, unknown>>;

/** Whether an item counts for nothing any more. DynamoDB deletes it some days later. */
export function isExpired({ expiresAt }: RuleItem, now: Date): boolean {
  return typeof expiresAt === 'number' && expiresAt * 1000 <= now.getTime();
}
