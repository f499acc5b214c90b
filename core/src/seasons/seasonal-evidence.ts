import type { Direction } from '../change-point.ts';
import { at } from '../float-list.ts';
import { mostEvidentSplit } from '../maximum.ts';
import { allSplits } from '../sorted-regime.ts';
import { indexesByPhase } from './by-phase.ts';

/** What each split t of a regime says, at index t − 1. */
interface SeasonalEvidence {
  /** U⁺ over pairs of the same phase. */
  readonly rise: Float64Array;
  /** U⁻; the same list with δ = 0. */
  readonly fall: Float64Array;
  /** Three times the variance of U without a change and without ties. */
  readonly variances: Float64Array;
}

/**
 * The statistics of every split of a regime with a season.
 *
 * When a point joins those before the split, only the part of its own phase changes. So the steps of each phase, in order of time, sum up to the whole.
 * Cost: O(T log T) time, O(T) memory.
 */
function seasonalEvidence(values: Float64Array, phases: Float64Array, threshold: number): SeasonalEvidence {
  const [rise, variances] = [new Float64Array(values.length), new Float64Array(values.length)];
  const fall = threshold === 0 ? rise : new Float64Array(values.length);
  for (const indexes of indexesByPhase(phases)) {
    const n = indexes.length;
    const { statistics } = allSplits(
      Float64Array.from(indexes, (index) => at(values, index)),
      threshold,
    );
    addSteps(rise, indexes, statistics.rise.view());
    if (fall !== rise) addSteps(fall, indexes, statistics.fall.view());
    indexes.forEach((index, place) => {
      // (k + 1)·(n − k − 1) − k·(n − k), of k points before.
      variances[index] = (n - 2 * place - 1) * (n + 1);
    });
  }
  return { rise: summed(rise), fall: fall === rise ? rise : summed(fall), variances: summed(variances) };
}

/** The split that is most evident in one direction, as `mostEvidentSplit` says it. */
export function mostEvidentSeasonalSplit(
  values: Float64Array,
  phases: Float64Array,
  threshold: number,
  direction: Direction,
): number {
  const { rise, fall, variances } = seasonalEvidence(values, phases, threshold);
  return mostEvidentSplit(direction === 'up' ? rise : fall, direction, variances);
}

/** Puts the steps of one phase's statistics at its points. */
function addSteps(steps: Float64Array, indexes: readonly number[], statistics: Float64Array): void {
  let before = 0;
  indexes.forEach((index, place) => {
    const after = place < statistics.length ? at(statistics, place) : 0;
    steps[index] = after - before;
    before = after;
  });
}

/** Running sums in place, without the last: after the last point there is no split. */
function summed(steps: Float64Array): Float64Array {
  for (let index = 1; index < steps.length; index++) steps[index] = at(steps, index) + at(steps, index - 1);
  return steps.subarray(0, Math.max(0, steps.length - 1));
}
