import type { ResolvedOptions } from '@aed/core';
import { RuleSet } from '../../lambda/rules/rule-set.ts';
import type { RuleSource } from '../../lambda/rules/rules-cache.ts';

/** Where no rule holds, but the service's own options. */
export function noRules(options: ResolvedOptions): RuleSource {
  return { current: async () => new RuleSet([], options), problems: () => [] };
}
