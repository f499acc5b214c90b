import type { ResolvedOptions } from '../options.ts';

/** How much neighbours in the current regime resemble each other, as the scan takes it. */
export interface Dependence {
  /** How many points count as one in the mean of many: at least 1, and 1 of independent ones. */
  readonly inflation: number;
  /** What to do where the resemblance hides changes; `undefined` where it does not. */
  readonly advice: string | undefined;
}

/**
 * From here on, a change by 3 standard deviations that lasts 50 points is found less than one time in ten.
 *
 * Simulated by `bench/statistics/scan-dependence.ts`.
 */
const strong = 40;

/** @param inflation - in force; `undefined` for a test that takes no account of dependence */
export function dependenceOf(
  inflation: number | undefined,
  { practicalThreshold }: Pick<ResolvedOptions, 'practicalThreshold'>,
): Dependence | undefined {
  if (inflation === undefined) return undefined;
  const isHidden = practicalThreshold === 0 && inflation >= strong;
  return { inflation, advice: isHidden ? adviceFor(inflation) : undefined };
}

function adviceFor(inflation: number): string {
  return (
    `neighbours resemble each other so much that ${Math.round(inflation)} points count as one: changes that are soon over stay hidden, ` +
    'unless a practical threshold above the wandering is given'
  );
}
