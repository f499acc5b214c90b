import type { ResolvedOptions } from '@aed/core';
import { optionsOfSeries } from '../service-options.ts';
import { type OptionsInForce, type RuleProblem, readRules } from './read-rules.ts';
import { byExactness, meantBy, type RuleTarget } from './rule-target.ts';
import type { RuleItem } from './stored-rule.ts';

/** What the rules say of one series. */
export interface SeriesRules {
  /** @param own - the content of `options` in the series' HEAD, which anyone may have written */
  optionsWith(own: unknown): OptionsInForce;
  isMutedAt(time: Date): boolean;
}

/**
 * The rules of a service, as they stand in the table.
 *
 * The options of a series come from the first of these that has any: the rule of its exact name, its HEAD, the most exact pattern that matches. The
 * options that this source leaves out are the service's. If one of its options is invalid, all are the service's.
 *
 * Cost of a series: its name is compared with each pattern.
 */
export class RuleSet {
  readonly problems: readonly RuleProblem[];
  readonly #defaults: ResolvedOptions;
  readonly #named = new Map<string, OptionsInForce>();
  /** The most exact first. */
  readonly #patterns: readonly { means(seriesId: string): boolean; readonly inForce: OptionsInForce }[];
  readonly #mutes: readonly { means(seriesId: string): boolean; readonly until: number }[];

  /**
   * @param items - whatever is stored as rules
   * @param defaults - the service's own options
   */
  constructor(items: readonly RuleItem[], defaults: ResolvedOptions) {
    const { options, mutes, problems } = readRules(items, defaults);
    this.problems = problems;
    this.#defaults = defaults;
    for (const { target, inForce } of options)
      if (target.kind === 'series') this.#named.set(target.text, inForce);
    this.#patterns = options
      .filter(isOfPattern)
      .sort((one, other) => byExactness(one.target, other.target))
      .map(({ target, inForce }) => ({ means: meantBy(target), inForce }));
    this.#mutes = mutes.map(({ target, until }) => ({ means: meantBy(target), until }));
  }

  of(seriesId: string): SeriesRules {
    const named = this.#named.get(seriesId);
    const pattern = this.#patterns.find(({ means }) => means(seriesId));
    return {
      optionsWith: (own) =>
        named ?? (own === undefined ? pattern?.inForce : undefined) ?? optionsOfSeries(own, this.#defaults),
      isMutedAt: (time) => this.#mutes.some(({ means, until }) => time.getTime() < until && means(seriesId)),
    };
  }
}

function isOfPattern({ target }: { readonly target: RuleTarget }): boolean {
  return target.kind === 'pattern';
}
