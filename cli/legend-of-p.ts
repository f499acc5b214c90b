import type { ResolvedOptions } from '@aed/core';

type Statistic = ResolvedOptions['statistic'];

/** What p is in a table of change points, where it is not that of one test. */
const legends: Readonly<Record<Statistic, string>> = {
  mpp: '',
  scan: 'p: without a change, such a score comes once in 1/p readings.',
};

/** For a table of change points of these statistics: empty, or a line. */
export function legendOfP(statistics: Iterable<Statistic>): string {
  return [...new Set(statistics)].map((statistic) => legends[statistic]).join('');
}
