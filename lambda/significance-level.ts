import type { ResolvedOptions } from '@aed/core';

type LevelOptions = Pick<ResolvedOptions, 'statistic' | 'alpha' | 'falseAlarmEvery'>;

const levels: Readonly<Record<ResolvedOptions['statistic'], (options: LevelOptions) => number>> = {
  mpp: ({ alpha, falseAlarmEvery }) => (falseAlarmEvery > 0 ? 1 : alpha),
  scan: ({ falseAlarmEvery }) => 1 / falseAlarmEvery,
};

/** The bound of the p-value of every change point, whatever the length of its regime. With a stated rate the MPP test has no bound below 1. */
export function significanceLevel(options: LevelOptions): number {
  return levels[options.statistic](options);
}
