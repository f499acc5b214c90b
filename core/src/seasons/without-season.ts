import { at } from '../float-list.ts';
import { finite, medianOfSorted } from '../median.ts';
import { shiftOf } from '../shift.ts';
import { indexesByPhase } from './by-phase.ts';
import { pairsAcross } from './pairs-across.ts';

/**
 * A regime less the median of each phase: what is left of it without its season.
 *
 * A change is taken off before the medians are taken, and stays in what is left. A difference beyond the doubles is the largest one of its sign.
 * Cost: O(n log n).
 *
 * @param regime - oldest first; not modified
 * @param split - points before a change; absent without one
 */
export function withoutSeason(regime: Float64Array, phases: Float64Array, split?: number): Float64Array {
  const pairs = split === undefined ? [] : pairsAcross(regime, split, phases);
  const shift = pairs.length === 0 ? 0 : shiftOf(pairs);
  const rest = regime.slice();
  for (const indexes of indexesByPhase(phases)) {
    const level = Float64Array.from(indexes, (index) =>
      split !== undefined && index >= split ? finite(at(regime, index) - shift) : at(regime, index),
    );
    const median = medianOfSorted(level.sort());
    for (const index of indexes) rest[index] = finite(at(regime, index) - median);
  }
  return rest;
}
