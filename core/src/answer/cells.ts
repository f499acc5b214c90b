import type { Direction } from '../change-point.ts';
import { at } from '../float-list.ts';
import type { Winsorised } from './winsorised.ts';

/** A regime of values that repeat, as a few cells of values, which rise in the direction of its change. */
export interface Cells {
  /** The cell of each point. */
  readonly ofPoints: Float64Array;
  /** How many points each cell has: more than none. */
  readonly counts: Float64Array;
  /** The mean value in each cell, ascending from about 0 to about 1. */
  readonly scores: Float64Array;
  /** The variance of the score of a point. */
  readonly variance: number;
  /** The least difference of two scores; 1 for one cell alone. */
  readonly gap: number;
}

/** Cells are as wide as this part of the range of the values. */
const steps = 8;
/** A value in the middle between two cells is of the upper one, whatever the last digits are. */
const rounding = 1e-9;

/** Puts a regime into at most nine cells of equal width; the first one is around the least value. O(n). */
export function valueCells({ values }: Winsorised, direction: Direction): Cells {
  const sign = direction === 'up' ? 1 : -1;
  let [low, high] = [Infinity, -Infinity];
  for (let index = 0; index < values.length; index++) {
    low = Math.min(low, sign * at(values, index));
    high = Math.max(high, sign * at(values, index));
  }
  const range = high > low ? high - low : 1;
  const ofPoints = new Float64Array(values.length);
  const allCounts = new Float64Array(steps + 1);
  const sums = new Float64Array(steps + 1);
  for (let index = 0; index < values.length; index++) {
    const place = (sign * at(values, index) - low) / range;
    const cell = Math.round(place * steps + rounding);
    ofPoints[index] = cell;
    allCounts[cell] = at(allCounts, cell) + 1;
    sums[cell] = at(sums, cell) + place;
  }
  const used = [...allCounts.keys()].filter((cell) => at(allCounts, cell) > 0);
  const counts = Float64Array.from(used, (cell) => at(allCounts, cell));
  const scores = Float64Array.from(used, (cell) => at(sums, cell) / at(allCounts, cell));
  return {
    ofPoints: ofPoints.map((cell) => used.indexOf(cell)),
    counts,
    scores,
    variance: varianceOf(scores, counts, values.length),
    gap: scores.reduce(
      (least, score, cell) => (cell > 0 ? Math.min(least, score - at(scores, cell - 1)) : least),
      1,
    ),
  };
}

function varianceOf(scores: Float64Array, counts: Float64Array, points: number): number {
  const mean = scores.reduce((sum, score, cell) => sum + at(counts, cell) * score, 0) / points;
  return scores.reduce((sum, score, cell) => sum + at(counts, cell) * (score - mean) ** 2, 0) / points;
}
