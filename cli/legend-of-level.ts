import type { ResolvedOptions } from '@aed/core';

/** What a table of change points says of its levels and sizes. @param options - of any of them: with a season the levels are those without it */
export function legendOfLevel(options: Pick<ResolvedOptions, 'period'> | undefined): string {
  const season = options !== undefined && options.period > 1 ? ', both without the season' : '';
  return `level: medians before and after, or means where only these moved${season}; size: the median difference, without the readings next to the change`;
}
