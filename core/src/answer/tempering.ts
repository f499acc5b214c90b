import { at } from '../float-list.ts';
import { meanPower } from './mean-power.ts';
import type { TwoLevels } from './two-levels.ts';
import { drawnIn, type Winsorised } from './winsorised.ts';

/** By what a log-likelihood ratio is multiplied, at most 1, so that the noise of the regime agrees with it. */
export interface Tempering {
  /** Of places earlier than the best one: the points between would be of the new level. */
  readonly earlier: number;
  /** Of places later than the best one: the points between would be of the old level. */
  readonly later: number;
}

const leastPower = 0.05;
/** Halvings of the range in which a power is sought. */
const halvings = 12;

/**
 * How far the likelihood of two normal levels can be trusted, on either side of the best place.
 *
 * A true likelihood ratio has the mean 1 where its denominator holds: points of the old level look like those of the new one to that
 * extent and no more. Heavy tails make them do so more often. The power η ≤ 1 at which the mean of (ratio)^η is 1 makes up for it: by Lundberg's inequality, the
 * chance that a wrong place seems better by a log ratio of s is then at most e^(−ηs). Each level is taken to have the noise of both.
 * Cost: O(n), one exponential a point, twelve if the noise has heavy tails.
 */
export function temperingOf(regime: Winsorised, levels: TwoLevels): Tempering {
  const { raw, values, step, low, high } = regime;
  const { best, before, after, least, freedom } = levels;
  const { length } = values;
  const middle = (before + after) / 2;
  const scale = ((after - before) * Math.max(1, freedom)) / least;
  const ofNew = new Float64Array(length);
  const ofOld = new Float64Array(length);
  for (let index = 0; index < length; index++) {
    const isOld = index < best;
    const value = at(values, index);
    const other = drawnIn(at(raw, index) + (isOld ? step : -step), low, high);
    ofOld[index] = scale * ((isOld ? value : other) - middle);
    ofNew[index] = -scale * ((isOld ? other : value) - middle);
  }
  return { earlier: powerOf(ofNew), later: powerOf(ofOld) };
}

/** The largest power up to 1 at which the mean ratio is at most 1. */
function powerOf(logRatios: Float64Array): number {
  if (meanPower(logRatios, 1) <= 1) return 1;
  let [low, high] = [leastPower, 1];
  for (let halving = 0; halving < halvings; halving++) {
    const middle = (low + high) / 2;
    if (meanPower(logRatios, middle) <= 1) low = middle;
    else high = middle;
  }
  return low;
}
