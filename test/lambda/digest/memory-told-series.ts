import type { KnownTellings, ToldSeries } from '../../../lambda/tables/told-series.ts';

/** The digest's memory, in memory. */
export function memoryToldSeries(): ToldSeries {
  const items = new Map<string, KnownTellings>();
  const known = (seriesId: string) => items.get(seriesId) ?? { version: 0, tellings: [] };
  return {
    read: async (seriesId) => known(seriesId),
    async replace(seriesId, { version }, tellings) {
      if (known(seriesId).version !== version) return undefined;
      const next = { version: version + 1, tellings };
      items.set(seriesId, next);
      return next;
    },
  };
}
