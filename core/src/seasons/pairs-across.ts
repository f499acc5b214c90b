import { at } from '../float-list.ts';
import type { Sides } from '../shift.ts';
import { indexesByPhase } from './by-phase.ts';

/**
 * What is compared across a split: a pair of sides, or with a season one pair of each phase that has points on both.
 *
 * @param regime - oldest first; not modified
 * @param split - points before it
 * @param window - points on each side next to the split that are left out, fewer where a side is short
 */
export function pairsAcross(
  regime: Float64Array,
  split: number,
  phases: Float64Array | undefined,
  window = 0,
): readonly Sides[] {
  const end = Math.max(1, split - window);
  const start = Math.min(regime.length - 1, split + window);
  if (phases === undefined) return [sidesOf(regime, end, start)];
  return indexesByPhase(phases).flatMap((indexes) => {
    // Soon after a change, most phases have no point on its other side.
    if ((indexes[0] as number) >= end || (indexes.at(-1) as number) < start) return [];
    const sorted = (side: readonly number[]) => Float64Array.from(side, (index) => at(regime, index)).sort();
    const before = sorted(indexes.filter((index) => index < end));
    const after = sorted(indexes.filter((index) => index >= start));
    return [{ before, after }];
  });
}

/** The points up to an end, and those from a start on. */
export function sidesOf(regime: Float64Array, end: number, start = end): Sides {
  return { before: regime.slice(0, end).sort(), after: regime.slice(start).sort() };
}
