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
  const odds = logOddsOfShift(regime, levels, inflation);
  return odds >= leastOfShift ? 'shift' : odds <= mostOfDrift ? 'drift' : 'unsure';
}

/**
 * The log of the odds of a jump, by the mean likelihood of all places: of two levels, and of a level that begins to climb or fall.
 *
 * Both models have a place and two more numbers. A drift has even odds to have begun with the regime.
 */
export function logOddsOfShift({ values }: Winsorised, levels: TwoLevels, inflation: number): number {
  const steps = levels.squares.subarray(levels.first, levels.last + 1);
  const ramps = rampSquares(values);
  let { least } = levels;
  for (let t = 0; t < ramps.length; t++) least = Math.min(least, at(ramps, t));
  const power = -values.length / (2 * inflation);
  const logs = (squares: Float64Array) => squares.map((square) => Math.log(square / least));
  const ofRamps = logs(ramps);
  const ofDrift = (meanPower(ofRamps, power) + Math.exp(power * at(ofRamps, 0))) / 2;
  return Math.log(meanPower(logs(steps), power)) - Math.log(ofDrift);
}
