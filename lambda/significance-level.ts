import type { ResolvedOptions } from '@aed/core';

type LevelOptions = Pick<ResolvedOptions, 'statistic' | 'alpha' | 'falseAlarmEvery'>;

const levels: Readonly<Record<ResolvedOptions['statistic'], (options: LevelOptions) => number>> = {
  mpp: ({ alpha }) => alpha,
  scan: ({ falseAlarmEvery }) => 1 / falseAlarmEvery,
};

/** What the p-value of a change point is below. */
export function significanceLevel(options: LevelOptions): number {
  return levels[options.statistic](options);
}
