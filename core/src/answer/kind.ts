import type { ChangeKind } from '../change-point.ts';
import { at } from '../float-list.ts';
import { meanPower } from './mean-power.ts';
import { rampSquares } from './ramps.ts';
import type { TwoLevels } from './two-levels.ts';
import type { Winsorised } from './winsorised.ts';

/** Log odds from which a change is a shift, and up to which it is a drift. From simulations. */
const leastOfShift = 0.8;
const mostOfDrift = -1.9;

/**
 * Whether a regime jumped to a new level or drifts.
 *
 * When an alarm comes, a small jump and a slow drift look alike: most of them are `'unsure'`. Cost: O(n).
 *
 * @param inflation - by how much dependence between neighbours inflates the variance of a mean; 1 without
 */
export function kindOf(regime: Winsorised, levels: TwoLevels, inflation: number): ChangeKind {
  return kindByOdds(logOddsOfShift(regime, levels, inflation), mostOfDrift);
}

/** @param odds - their log. @param mostOfDrift - up to which it is a drift */
export function kindByOdds(odds: number, mostOfDrift: number): ChangeKind {
  return odds >= leastOfShift ? 'shift' : odds <= mostOfDrift ? 'drift' : 'unsure';
}

/** The log of the odds of two levels against a level that begins to climb or fall. Both models have a place and two more numbers. */
export function logOddsOfShift({ values }: Winsorised, levels: TwoLevels, inflation: number): number {
  const steps = levels.squares.subarray(levels.first, levels.last + 1);
  const ramps = rampSquares(values);
  let { least } = levels;
  for (let t = 0; t < ramps.length; t++) least = Math.min(least, at(ramps, t));
  const losses = (squares: Float64Array) =>
    squares.map((square) => (values.length / (2 * inflation)) * Math.log(square / least));
  return logOddsOfLosses(losses(steps), losses(ramps));
}

/**
 * The log of the odds of a jump against a drift, by the mean likelihood of all places of each. A drift has even odds to have begun with the regime.
 *
 * @param jumps - for each place, by how much the log-likelihood is below a maximum that both share
 * @param ramps - likewise; the first place is the start of the regime
 */
export function logOddsOfLosses(jumps: Float64Array, ramps: Float64Array): number {
  const ofDrift = (meanPower(ramps, -1) + Math.exp(-at(ramps, 0))) / 2;
  return Math.log(meanPower(jumps, -1)) - Math.log(ofDrift);
}
