import { processingLimits } from './processing-limits.ts';

/** The outcome of each series, in the order given. */
export interface Outcomes<One, Result> {
  readonly done: readonly (One & { readonly result: Result })[];
  readonly failed: readonly (One & { readonly error: unknown })[];
}

/**
 * Does some work for each series, several series at once.
 *
 * A failed series does not stop the others. But after many failures the store must be down, and the remaining series are
 * skipped. They are in neither list, and all of them come after the first failure in the order given.
 */
export async function eachSeries<One extends { readonly seriesId: string }, Result>(
  series: readonly One[],
  work: (one: One) => Promise<Result>,
): Promise<Outcomes<One, Result>> {
  const done: (One & { readonly result: Result })[] = [];
  const failed: (One & { readonly error: unknown })[] = [];
  for (let start = 0; start < series.length; start += processingLimits.seriesAtOnce) {
    const together = series.slice(start, start + processingLimits.seriesAtOnce);
    const settled = await Promise.allSettled(together.map(work));
    for (const [index, one] of together.entries()) {
      const outcome = settled[index];
      if (outcome?.status === 'fulfilled') done.push({ ...one, result: outcome.value });
      else failed.push({ ...one, error: outcome?.reason });
    }
    if (failed.length >= processingLimits.failedSeries) break;
  }
  return { done, failed };
}
