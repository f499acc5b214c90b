import { at } from '../float-list.ts';
import { finite, medianOf, medianOfSorted } from '../median.ts';
import { shiftOf } from '../shift.ts';
import { indexesByPhase } from './by-phase.ts';
import { pairsAcross } from './pairs-across.ts';

/**
 * A regime less the median of each phase: what is left of it without its season, around 0.
 *
 * A change is taken off before the medians are taken, and stays in what is left. A difference beyond the doubles is the largest one of its sign.
 * Cost: O(n log n).
 *
 * @param regime - oldest first; not modified
 * @param split - points before a change; absent without one
 */
export function withoutSeason(regime: Float64Array, phases: Float64Array, split?: number): Float64Array {
  return lessMedians(regime, phases, split === undefined ? regime : withoutChange(regime, phases, split));
}

/** The same around the level of the regime: its points as they would be without a season. With one phase they are what they were. */
export function levelledSeason(regime: Float64Array, phases: Float64Array, split: number): Float64Array {
  const level = withoutChange(regime, phases, split);
  const rest = lessMedians(regime, phases, level);
  const median = medianOf(level);
  return rest.map((value) => finite(value + median));
}

/** A regime whose points after a split are moved back by the shift there. */
function withoutChange(regime: Float64Array, phases: Float64Array, split: number): Float64Array {
  const pairs = pairsAcross(regime, split, phases);
  const shift = pairs.length === 0 ? 0 : shiftOf(pairs);
  return regime.map((value, index) => (index >= split ? finite(value - shift) : value));
}

/** @param level - in the order of the regime, whose medians are taken off */
function lessMedians(regime: Float64Array, phases: Float64Array, level: Float64Array): Float64Array {
  const rest = regime.slice();
  for (const indexes of indexesByPhase(phases)) {
    const median = medianOfSorted(Float64Array.from(indexes, (index) => at(level, index)).sort());
    for (const index of indexes) rest[index] = finite(at(regime, index) - median);
  }
  return rest;
}
