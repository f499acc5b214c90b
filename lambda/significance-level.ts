import type { ResolvedOptions } from '@aed/core';

type LevelOptions = Pick<ResolvedOptions, 'statistic' | 'alpha' | 'falseAlarmEvery'>;

const levels: Readonly<Record<ResolvedOptions['statistic'], (options: LevelOptions) => number>> = {
  mpp: ({ alpha, falseAlarmEvery }) => (falseAlarmEvery > 0 ? 1 : alpha),
  scan: ({ falseAlarmEvery }) => 1 / falseAlarmEvery,
};

/** What the p-value of a change point is below, whatever the length of its regime. With a stated rate the MPP test has no such bound but 1. */
export function significanceLevel(options: LevelOptions): number {
  return levels[options.statistic](options);
}
