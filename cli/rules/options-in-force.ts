import { type ListedRule, listedRules } from '../../lambda/rules/listed-rules.ts';
import { meantBy } from '../../lambda/rules/rule-target.ts';
import type { RuleItem } from '../../lambda/rules/stored-rule.ts';

/** Where the options of a series come from. */
export type OptionsOrigin =
  | { readonly from: 'rule'; readonly rule: ListedRule }
  | { readonly from: 'HEAD'; readonly options: unknown }
  | { readonly from: 'service' };

export interface SeriesOptionsInForce {
  readonly origin: OptionsOrigin;
  /** Rules that match the series and are less exact than what applies. */
  readonly others: readonly ListedRule[];
}

/**
 * Where the options of a series come from, in the order that `RuleSet` has.
 *
 * @param own - what stands as options in its HEAD
 */
export function optionsInForce(
  seriesId: string,
  items: readonly RuleItem[],
  own: unknown,
  now: Date,
): SeriesOptionsInForce {
  const matching = listedRules(items, 'options', now).filter(({ target }) => meantBy(target)(seriesId));
  const [first, ...less] = matching;
  if (first?.target.kind === 'series') return { origin: { from: 'rule', rule: first }, others: less };
  if (own !== undefined) return { origin: { from: 'HEAD', options: own }, others: matching };
  if (first === undefined) return { origin: { from: 'service' }, others: [] };
  return { origin: { from: 'rule', rule: first }, others: less };
}
