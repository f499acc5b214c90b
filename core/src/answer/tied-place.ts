import type { Direction } from '../change-point.ts';
import { at } from '../float-list.ts';
import { type Cells, valueCells } from './cells.ts';
import { type LikelyPlace, placeByWeights } from './place.ts';
import { tiltedLikelihood } from './tilt.ts';
import type { Winsorised } from './winsorised.ts';

/** Each size of a change that is looked at is so many times the one before: a likelihood that an alarm comes of is not narrower. */
const sizeRatio = 1.5;
/** A change is of a size that would have shown in time: after t quiet points a log-likelihood of about size²·variance·t / 2. */
const leastEvidence = 5;
/** A size that makes neighbouring cells e¹⁰ times as likely is as good as a larger one. */
const mostTilt = 10;
/** Of a size, places that are less likely by more than this in logarithm are not looked at. */
const mostLoss = 40;
/** The share that an interval may leave out, and how many uncommon points halve it. From simulations. */
const mostMissed = 0.05;
const fewUncommon = 20;

/**
 * The posterior of the place where values repeat: points of the new level are e^(size·score) times as likely as those of the old level, whose frequencies are unknown.
 *
 * All places are as likely before, and all sizes by their ratios, from the least that would have shown. Few values have no noise in the sense of the model of two levels, whose interval
 * for a rare event that becomes ten times as frequent is wrong nine times in ten.
 * Few uncommon points that raise an alarm come close together by chance, and then seem to be a larger and later change than they are of: the fewer, the more the interval holds.
 * Cost: O(n) for each of some ten sizes and at most nine cells.
 *
 * @param uncommon - how many points differ from the most frequent value
 */
export function tiedPlaceOf(
  regime: Winsorised,
  direction: Direction,
  uncommon: number,
  inflation: number,
): LikelyPlace {
  const cells = valueCells(regime, direction);
  const level = 1 - (mostMissed * uncommon) / (uncommon + fewUncommon);
  return placeByWeights(logWeights(cells, inflation), level);
}

function logWeights(cells: Cells, inflation: number): Float64Array {
  const { ofPoints, variance, gap } = cells;
  const points = ofPoints.length;
  const weights = new Float64Array(points).fill(-Infinity);
  const least = Math.sqrt((2 * leastEvidence) / (variance * points));
  for (let size = least; size * gap <= mostTilt * sizeRatio; size *= sizeRatio) {
    const first = Math.max(1, Math.ceil((2 * leastEvidence) / (size * size * variance)));
    const logs = tiltedLikelihood(cells, size, first, mostLoss * inflation);
    for (let t = points - 1; at(logs, t) > -Infinity; t--)
      weights[t] = logSum(at(weights, t), at(logs, t) / inflation);
  }
  return weights;
}

/** ln(eᵃ + eᵇ) of a finite b. */
function logSum(a: number, b: number): number {
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
}
