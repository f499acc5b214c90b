import { plain } from '../../lambda/figures.ts';
import { printable } from '../../lambda/printable.ts';
import { type CliContext, FailedError } from '../context.ts';
import { countBar } from '../progress.ts';
import type { Forgettable, LeftOver } from './forgettable.ts';

/** How much each store holds, by its name. */
export type HeldOfSeries = Readonly<Record<string, number>>;

/** What was deleted, and what could not be. */
export interface Forgotten {
  readonly deleted: HeldOfSeries;
  /** Keys of quarantined objects that hold the series, and others that cannot be told from it. */
  readonly inseparable: readonly string[];
  /** Keys of those that are too large to be read, and may hold it. */
  readonly tooLarge: readonly string[];
}

/** What comes back while the series is deleted is deleted too, so many times. */
const mostPasses = 5;

export async function heldOfSeries(stores: readonly Forgettable[]): Promise<HeldOfSeries> {
  const held: Record<string, number> = {};
  for (const store of stores) held[store.name] = await store.count();
  return held;
}

/**
 * Deletes a series from all stores, one after another, and once more what has come meanwhile: a detector that was at work on it may have stored
 * something, and producers may go on. So it ends with a pass that finds nothing.
 *
 * @param held - what there is at the start, for the progress bar
 * @throws FailedError if something still comes in after some passes
 */
export async function forgetSeries(
  seriesId: string,
  stores: readonly Forgettable[],
  held: HeldOfSeries,
  { error }: Pick<CliContext, 'error'>,
): Promise<Forgotten> {
  const deleted: Record<string, number> = Object.fromEntries(stores.map(({ name }) => [name, 0]));
  const total = sumOf(held);
  const bar = countBar(error, 'deleted', total);
  try {
    for (let pass = 0; pass < mostPasses; pass++) {
      const before = sumOf(deleted);
      const leftOver: LeftOver[] = [];
      for (const store of stores) {
        const left = await store.delete((more) => {
          deleted[store.name] = (deleted[store.name] ?? 0) + more;
          bar.update(Math.min(total, sumOf(deleted)));
        });
        leftOver.push(...left);
      }
      if (sumOf(deleted) === before)
        return {
          deleted,
          inseparable: keysOf(leftOver, 'inseparable'),
          tooLarge: keysOf(leftOver, 'too large'),
        };
    }
  } finally {
    bar.stop();
  }
  throw new FailedError(
    `deleted ${plain.counted(sumOf(deleted), 'item')} of ${printable(seriesId)}, but more keeps coming in: stop what puts its readings, wait until they are recorded, and run the command again`,
  );
}

function keysOf(leftOver: readonly LeftOver[], why: LeftOver['why']): readonly string[] {
  return leftOver.filter((one) => one.why === why).map(({ key }) => key);
}

function sumOf(counts: HeldOfSeries): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
