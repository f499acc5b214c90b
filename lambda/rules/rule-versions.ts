import { processingLimits } from '../processing-limits.ts';
import { type RuleKey, versionKey, versionsScope } from './rule-keys.ts';
import type { RulesTable } from './rules-table.ts';
import { isExpired, type RuleItem } from './stored-rule.ts';

/**
 * Keeps what a rule is, before or after it is replaced. A version that is kept again is the same.
 *
 * @param item - one without a version that can be counted is not kept
 */
export async function keepVersion(
  table: RulesTable,
  key: RuleKey,
  { scope: _scope, sortKey: _key, ...item }: RuleItem,
  now: Date,
): Promise<void> {
  const { version } = item;
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1) return;
  const expiresAt = Math.ceil(now.getTime() / 1000) + processingLimits.ruleVersionDays * 24 * 3600;
  const kept = { ...item, ...versionKey(key, version), expiresAt };
  await table.put(kept);
  const oldest = version - processingLimits.ruleVersions;
  if (oldest > 0) await table.delete(versionKey(key, oldest));
}

/** The number of the newest version that is kept of a rule; 0 if none is. */
export async function newestVersion(table: RulesTable, key: RuleKey): Promise<number> {
  for await (const [newest] of table.read(versionsScope(key), true)) {
    if (newest === undefined) continue;
    const number = Number(newest.sortKey);
    return Number.isSafeInteger(number) ? number : 0;
  }
  return 0;
}

/** The versions that a rule had before, the newest first. */
export async function versionsBefore(
  table: RulesTable,
  key: RuleKey,
  version: number,
  now: Date,
): Promise<readonly RuleItem[]> {
  const items: RuleItem[] = [];
  for await (const page of table.read(versionsScope(key), true)) {
    items.push(...page.filter((item) => Number(item.sortKey) < version && !isExpired(item, now)));
    if (items.length >= processingLimits.ruleVersions) break;
  }
  return items.slice(0, processingLimits.ruleVersions);
}
