import type { ResolvedOptions } from '@aed/core';

type OptionsOfP = Pick<ResolvedOptions, 'statistic' | 'falseAlarmEvery'>;

/** What p is in a table of change points of some series. */
const legends: Readonly<Record<ResolvedOptions['statistic'], (options: OptionsOfP) => string>> = {
  mpp: ({ falseAlarmEvery }) =>
    falseAlarmEvery > 0
      ? `p: of one test; what it must fall below grows with the regime, for a false alarm every ${falseAlarmEvery} readings.`
      : 'p: of one test; it must fall below alpha.',
  scan: () => 'p: without a change, such a score comes once in 1/p readings.',
};

/** For a table of change points with these options: a line for each kind of p, none without options. */
export function legendOfP(options: Iterable<OptionsOfP>): string {
  return [...new Set([...options].map((one) => legends[one.statistic](one)))].join('\n');
}
