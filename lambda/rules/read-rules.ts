import type { ResolvedOptions } from '@aed/core';
import { printable } from '../printable.ts';
import { processingLimits } from '../processing-limits.ts';
import { optionsOfSeries } from '../service-options.ts';
import { ruleAt } from './rule-keys.ts';
import type { RuleTarget } from './rule-target.ts';
import type { RuleItem } from './stored-rule.ts';

/** The options that a series is tested with, and where they come from. */
export interface OptionsInForce {
  readonly options: ResolvedOptions;
  /** The name or pattern of the rule that gives them; absent if no rule does. */
  readonly rule?: string;
  /** What is wrong with the options in the series' HEAD. Those of the service then hold. */
  readonly optionsError?: RangeError;
}

/** A rule that cannot be used. */
export interface RuleProblem {
  /** Its name, pattern or key, printable. */
  readonly rule: string;
  readonly error: RangeError;
}

export interface ReadRules {
  readonly options: readonly { readonly target: RuleTarget; readonly inForce: OptionsInForce }[];
  /** Until when, in epoch milliseconds. */
  readonly mutes: readonly { readonly target: RuleTarget; readonly until: number }[];
  readonly problems: readonly RuleProblem[];
}

/**
 * The rules in items of the rules table, whatever these hold: it never throws. Where a rule is wrong, the service's own options are in force.
 *
 * @param defaults - the service's own options
 */
export function readRules(items: readonly RuleItem[], defaults: ResolvedOptions): ReadRules {
  const options: ReadRules['options'][number][] = [];
  const mutes: ReadRules['mutes'][number][] = [];
  const problems: RuleProblem[] = [];
  const tell = (rule: string, message: string) =>
    problems.push({ rule: printable(rule), error: new RangeError(message) });

  const most = processingLimits.rules;
  if (items.length > most)
    tell('RULES', `rules must be at most ${most}, got more: the last ones do not hold`);
  for (const { sortKey, options: given, mutedUntil } of items.slice(0, most)) {
    const known = ruleAt(sortKey);
    if (known === undefined) {
      tell(typeof sortKey === 'string' ? sortKey : '', 'a rule must have a sort key as `aed` writes it');
      continue;
    }
    const { subject, target } = known;
    if (subject === 'mute') {
      const until = typeof mutedUntil === 'string' ? Date.parse(mutedUntil) : Number.NaN;
      if (Number.isNaN(until)) tell(target.text, 'mutedUntil must be an ISO 8601 time');
      else mutes.push({ target, until });
    } else if (given !== undefined) {
      const { options: own, optionsError } = optionsOfSeries(given, defaults);
      options.push({
        target,
        inForce: optionsError === undefined ? { options: own, rule: target.text } : { options: defaults },
      });
      if (optionsError !== undefined) tell(target.text, optionsError.message);
    }
  }
  return { options, mutes, problems };
}
