import type { ResolvedOptions } from '@aed/core';

type OptionsOfP = Pick<ResolvedOptions, 'statistic' | 'falseAlarmEvery'>;

/** What p is in a table of change points of some series, where it is not simply that of one test at a stated level. */
const legends: Readonly<Record<ResolvedOptions['statistic'], (options: OptionsOfP) => string>> = {
  mpp: ({ falseAlarmEvery }) =>
    falseAlarmEvery > 0
      ? `p: of one test; what it must fall below grows with the regime, for a false alarm every ${falseAlarmEvery} readings.`
      : '',
  scan: () => 'p: without a change, such a score comes once in 1/p readings.',
};

/** For a table of change points with these options: empty, or a line for each kind of p. */
export function legendOfP(options: Iterable<OptionsOfP>): string {
  const lines = [...options].map((one) => legends[one.statistic](one)).filter((line) => line !== '');
  return [...new Set(lines)].join('\n');
}
