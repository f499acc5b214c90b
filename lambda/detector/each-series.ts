import { processingLimits } from '../processing-limits.ts';
import { severalAtOnce } from '../several-at-once.ts';

/** The outcome of each series, in the order given. */
export interface Outcomes<One, Result> {
  readonly done: readonly (One & { readonly result: Result })[];
  readonly failed: readonly (One & { readonly error: unknown })[];
  /** The first that failed or was skipped. */
  readonly firstUndone: One | undefined;
}

/**
 * Does some work for each series, several at once: when one is done, the next one begins.
 *
 * Series have their turns in the order of their names. So a series comes at about the same place in every batch, and its events wait for no longer
 * than one batch takes.
 *
 * A failed series does not stop the others. But after many failures the store must be down, and the remaining series are
 * skipped. They are in neither list.
 */
export async function eachSeries<One extends { readonly seriesId: string }, Result>(
  series: readonly One[],
  work: (one: One) => Promise<Result>,
  atOnce: number = processingLimits.seriesAtOnce,
): Promise<Outcomes<One, Result>> {
  const outcomes: PromiseSettledResult<Result>[] = [];
  let failures = 0;
  const turns = [...series.entries()].sort(([, a], [, b]) => (a.seriesId < b.seriesId ? -1 : 1));
  await severalAtOnce(turns, atOnce, async ([index, one]) => {
    if (failures >= processingLimits.failedSeries) return;
    const [outcome] = await Promise.allSettled([work(one)]);
    outcomes[index] = outcome;
    if (outcome.status === 'rejected') failures++;
  });
  const done: (One & { readonly result: Result })[] = [];
  const failed: (One & { readonly error: unknown })[] = [];
  for (const [index, one] of series.entries()) {
    const outcome = outcomes[index];
    if (outcome?.status === 'fulfilled') done.push({ ...one, result: outcome.value });
    else if (outcome !== undefined) failed.push({ ...one, error: outcome.reason });
  }
  return { done, failed, firstUndone: series.find((_, index) => outcomes[index]?.status !== 'fulfilled') };
}
