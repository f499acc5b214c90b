import type { DetectorOptions, OptionName } from '@aed/core';
import { printable } from '../printable.ts';
import { serviceOptions, withServiceDefaults } from '../service-options.ts';
import { type ChangedRule, changeRule, type RuleParts } from './change-rule.ts';
import { checkTarget, type RuleTarget } from './rule-target.ts';

/**
 * Sets options of one series or of a pattern. Those that its rule gave before stay, unless they are given anew. The detector goes by them
 * `processingLimits.rulesCacheMs` later, for the events from then on.
 *
 * @param given - one option at least
 * @throws RangeError naming the option, its rule and the value, if with this change the rule would be wrong; or if there are too many rules
 */
export async function setOptions(
  target: RuleTarget,
  given: DetectorOptions,
  parts: RuleParts,
): Promise<ChangedRule> {
  checkTarget(target);
  if (Object.keys(given).length === 0) throw new RangeError('options must be one at least, got none');
  return changeRule(target, (before) => checked({ ...ofRule(target, before), ...given }), parts);
}

/**
 * Takes options out of the rule of a series or pattern. A rule without options is removed: the next exact one holds.
 *
 * @param names - which; all of them if it is left out
 * @throws RangeError if there is no such rule, if it does not give one of these, or if it would be wrong without them
 */
export async function unsetOptions(
  target: RuleTarget,
  parts: RuleParts,
  names?: readonly OptionName[],
): Promise<ChangedRule> {
  checkTarget(target);
  const change = (before: unknown): DetectorOptions | undefined => {
    const text = printable(target.text);
    if (before === undefined) throw new RangeError(`a rule must be there to unset, got none for '${text}'`);
    if (names === undefined) return undefined;
    const given: Readonly<Record<string, unknown>> = ofRule(target, before);
    const absent = names.find((name) => !Object.hasOwn(given, name));
    if (absent !== undefined)
      throw new RangeError(`an option to unset must be one that the rule '${text}' gives, got ${absent}`);
    const left = Object.entries(given).filter(([name]) => !names.some((unset) => unset === name));
    return left.length === 0 ? undefined : checked(Object.fromEntries(left));
  };
  return changeRule(target, change, parts);
}

/** The options that a rule gave before, which anyone may have written. */
function ofRule({ text }: RuleTarget, before: unknown): DetectorOptions {
  if (before === undefined) return {};
  if (Object.prototype.toString.call(before) === '[object Object]') return Object(before);
  throw new RangeError(
    `the rule '${printable(text)}' must give options by their names, got something else: remove it first`,
  );
}

/** Checks that the service can go by these, with its other options as they are by default. */
function checked(options: DetectorOptions): DetectorOptions {
  serviceOptions(withServiceDefaults(options));
  return options;
}
