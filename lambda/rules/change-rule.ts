import { isDeepStrictEqual } from 'node:util';
import type { DetectorOptions } from '@aed/core';
import { waitBeforeRetry } from '../backoff.ts';
import { printable } from '../printable.ts';
import { processingLimits } from '../processing-limits.ts';
import type { Surroundings } from '../surroundings.ts';
import { refuseTooMany } from './refuse-too-many.ts';
import { ruleKey } from './rule-keys.ts';
import type { RuleTarget } from './rule-target.ts';
import { keepVersion, newestVersion } from './rule-versions.ts';
import type { RulesTable } from './rules-table.ts';
import type { RuleItem, StoredRule } from './stored-rule.ts';

/** What a change of rules needs. */
export interface RuleParts extends Pick<Surroundings, 'clock' | 'backoff'> {
  readonly table: RulesTable;
  /** Who makes the change. */
  readonly by: string;
}

/** A rule as it was and as it is now. */
export interface ChangedRule {
  /** Absent if there was none. */
  readonly before: RuleItem | undefined;
  readonly after: StoredRule;
}

/** How long the item of a removed rule stays: whoever read the rule before can see that it was removed. */
const removedSeconds = 24 * 3600;

/**
 * Changes the options of a rule.
 *
 * The write is conditional on the version that was read. If someone else has changed the rule meanwhile, the change is made again on the newer
 * version, so that none is lost. The version that is replaced is kept first.
 *
 * @param change - the options after it, from those before; `undefined` where there is no rule. It throws to refuse
 * @throws what `change` throws; RangeError if there are too many rules; Error if others keep changing the rule
 */
export async function changeRule(
  target: RuleTarget,
  change: (options: unknown) => DetectorOptions | undefined,
  { table, by, clock, backoff }: RuleParts,
): Promise<ChangedRule> {
  const key = ruleKey('options', target);
  for (let conflicts = 0; conflicts <= processingLimits.ruleConflicts; conflicts++) {
    if (conflicts > 0) await waitBeforeRetry(backoff, conflicts - 1);
    const before = await table.get(key);
    const options = change(before?.options);
    if (before?.options === undefined) await refuseTooMany(table, clock());
    const version = 1 + (versionOf(before) ?? (await newestVersion(table, key)));
    const now = clock();
    const after: StoredRule = {
      ...key,
      version,
      ...(options === undefined
        ? { expiresAt: Math.ceil(now.getTime() / 1000) + removedSeconds }
        : { options }),
      setBy: printable(by),
      setAt: now.toISOString(),
    };
    if (before !== undefined) await keepVersion(table, key, before, now);
    if ((await table.replace(after, before?.version)) || (await isStored(table, after))) {
      if (options === undefined) await keepVersion(table, key, { ...after }, now);
      return { before: before?.options === undefined ? undefined : before, after };
    }
  }
  throw new Error(`others keep changing the rule '${printable(target.text)}'; try again`);
}

/** The version of an item; `undefined` for one that has none by which it can go on. */
export function versionOf(item: RuleItem | undefined): number | undefined {
  const version = item?.version;
  return typeof version === 'number' && Number.isSafeInteger(version) && version >= 0 ? version : undefined;
}

/** If the answer to a write is lost, the SDK repeats it, and the first write makes the condition of the second fail. */
async function isStored(table: RulesTable, rule: StoredRule): Promise<boolean> {
  const { scope, sortKey } = rule;
  return isDeepStrictEqual({ ...(await table.get({ scope, sortKey })) }, { ...rule });
}
