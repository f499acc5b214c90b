import { optionsOfSeries, serviceOptions, withServiceDefaults } from '../service-options.ts';
import { type RuleSubject, ruleAt } from './rule-keys.ts';
import { byExactness, type RuleTarget } from './rule-target.ts';
import { isExpired, type RuleItem } from './stored-rule.ts';

/** A rule or a mute that holds, as it is stored. */
export interface ListedRule {
  readonly target: RuleTarget;
  readonly item: RuleItem;
  /** Why the detector cannot use its options, as far as that does not depend on those of the service. */
  readonly problem?: string;
}

/** The rules about one subject that hold, the most exact first. */
export function listedRules(
  items: readonly RuleItem[],
  about: RuleSubject,
  now: Date,
): readonly ListedRule[] {
  const rules = items.flatMap((item): ListedRule[] => {
    const { subject, target } = ruleAt(item.sortKey) ?? {};
    if (target === undefined || subject !== about || !holds(item, about, now)) return [];
    const problem = about === 'options' ? problemOf(item.options) : undefined;
    return [{ target, item, ...(problem !== undefined && { problem }) }];
  });
  return rules.sort((one, other) => byExactness(one.target, other.target));
}

function holds(item: RuleItem, about: RuleSubject, now: Date): boolean {
  if (isExpired(item, now)) return false;
  return about === 'options'
    ? item.options !== undefined
    : Date.parse(String(item.mutedUntil)) > now.getTime();
}

const defaults = serviceOptions(withServiceDefaults({}));

function problemOf(options: unknown): string | undefined {
  return optionsOfSeries(options, defaults).optionsError?.message;
}
