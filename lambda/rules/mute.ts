import { printable } from '../printable.ts';
import { processingLimits } from '../processing-limits.ts';
import { spanText } from '../time-span.ts';
import type { RuleParts } from './change-rule.ts';
import { refuseTooMany } from './refuse-too-many.ts';
import { type RuleKey, ruleKey } from './rule-keys.ts';
import { checkTarget, type RuleTarget } from './rule-target.ts';
import type { RulesTable } from './rules-table.ts';
import { isExpired, type RuleItem, type StoredMute } from './stored-rule.ts';

/**
 * Mutes a series, or all that match a pattern, for some time: people are not notified of their changes. It replaces a mute of the same name or
 * pattern.
 *
 * @throws RangeError for a time that is not above 0, or too long; or if there are too many rules
 */
export async function mute(
  target: RuleTarget,
  milliseconds: number,
  { table, by, clock }: Omit<RuleParts, 'backoff'>,
): Promise<StoredMute> {
  checkTarget(target);
  const { longestMuteMs } = processingLimits;
  if (!(milliseconds > 0 && milliseconds <= longestMuteMs))
    throw new RangeError(
      `a mute must last longer than 0 and at most ${spanText(longestMuteMs)}, got ${milliseconds > 0 ? spanText(milliseconds) : milliseconds}`,
    );
  const now = clock();
  const key = ruleKey('mute', target);
  if ((await muteAt(table, key, now)) === undefined) await refuseTooMany(table, now);
  const until = now.getTime() + milliseconds;
  const muted: StoredMute = {
    ...key,
    mutedUntil: new Date(until).toISOString(),
    setBy: printable(by),
    setAt: now.toISOString(),
    expiresAt: Math.ceil(until / 1000),
  };
  await table.put(muted);
  return muted;
}

/**
 * Ends a mute of this very name or pattern.
 *
 * @returns what it was; `undefined` if there is none
 * @throws RangeError for a text that no mute can be of
 */
export async function unmute(
  target: RuleTarget,
  { table, clock }: Pick<RuleParts, 'table' | 'clock'>,
): Promise<RuleItem | undefined> {
  checkTarget(target);
  const key = ruleKey('mute', target);
  const muted = await muteAt(table, key, clock());
  if (muted !== undefined) await table.delete(key);
  return muted;
}

/** The mute of a key, unless it has ended. */
async function muteAt(table: RulesTable, key: RuleKey, now: Date): Promise<RuleItem | undefined> {
  const item = await table.get(key);
  return item !== undefined && !isExpired(item, now) ? item : undefined;
}
