import type { ResolvedOptions } from '@aed/core';
import { processingLimits } from '../processing-limits.ts';
import type { Surroundings } from '../surroundings.ts';
import type { RuleProblem } from './read-rules.ts';
import { RuleSet } from './rule-set.ts';
import { currentRules, type RulesTable } from './rules-table.ts';

/** Where the detector has the rules from. */
export interface RuleSource {
  /** The rules as they stood at most `processingLimits.rulesCacheMs` ago. @throws what the store throws */
  current(): Promise<RuleSet>;
  /** What is wrong with the rules that were read last. */
  problems(): readonly RuleProblem[];
}

interface Reading {
  /** When it began, which is how old the rules are: a change that was made meanwhile may not be in them. */
  readonly since: number;
  readonly rules: Promise<RuleSet>;
}

/** The rules in memory: all looks of an instance share one read for so long. A read that fails is made again by the next look. */
export function rulesCache(
  table: RulesTable,
  defaults: ResolvedOptions,
  clock: Surroundings['clock'],
): RuleSource {
  let latest: Reading | undefined;
  let problems: readonly RuleProblem[] = [];

  async function read(): Promise<RuleSet> {
    const rules = new RuleSet(await currentRules(table, processingLimits.rules, clock()), defaults);
    problems = rules.problems;
    return rules;
  }

  return {
    problems: () => problems,

    async current() {
      const now = clock().getTime();
      const age = latest === undefined ? Number.POSITIVE_INFINITY : now - latest.since;
      if (latest !== undefined && age >= 0 && age < processingLimits.rulesCacheMs) return latest.rules;
      const reading = { since: now, rules: read() };
      latest = reading;
      try {
        return await reading.rules;
      } catch (error) {
        if (latest === reading) latest = undefined;
        throw error;
      }
    },
  };
}
