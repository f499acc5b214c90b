import { at } from '../float-list.ts';
import { inflationOfPowers } from '../scan/dependence/inflation.ts';
import { climbCosts } from './climb-costs.ts';
import { innovationsOf } from './innovations.ts';
import { jumpCosts } from './jump-costs.ts';
import { kindByOdds, logOddsOfLosses } from './kind.ts';
import type { LikelyChange } from './likely-change.ts';
import { placeByLosses } from './place.ts';
import { fewestOfSide } from './two-levels.ts';
import type { Winsorised } from './winsorised.ts';

/** A jump of fewer scales of the innovations is known better by its two levels. */
const leastJump = 2.5;
/** A place whose log-likelihood is less than the best by more than this is left out. */
const mostLoss = 8;
/** Log odds up to which a change is a drift: lower than without dependence, as wandering looks like one. From simulations. */
const mostOfDrift = -2.5;

/**
 * The posterior of the place of a jump in a regime that wanders, and its odds against a drift: a jump is sharp beside the small steps of such a regime, however far it wanders.
 *
 * The noise is an autoregression of order 1 whose innovations have Student's t with four degrees of freedom. What dependence is left beside that of the autoregression
 * tempers the likelihood. The prior of the place is (points after)^−½, as without dependence. Cost: O(n).
 *
 * @param inflation - by how much dependence between neighbours inflates the variance of a mean
 * @returns `undefined` if no jump stands out from the innovations
 */
export function answerByInnovations(regime: Winsorised, inflation: number): LikelyChange | undefined {
  const innovations = innovationsOf(regime);
  if (innovations === undefined || Math.abs(innovations.step) < leastJump) return undefined;
  const { values, correlation, step } = innovations;
  const { length } = values;
  const fewest = fewestOfSide(regime);
  const costs = jumpCosts(innovations, fewest);
  const least = costs.reduce((lower, cost) => Math.min(lower, cost));
  const left = Math.max(1, inflation / inflationOfPowers(correlation, Infinity));
  const lossOf = (cost: number) => (cost - least) / left;
  const losses = costs.map(lossOf);
  const weights = losses.map((loss, t) => (loss > mostLoss ? -Infinity : -loss - Math.log(length - t) / 2));
  const place = placeByLosses(weights, losses);
  // Where no step is nearer to the jump than to none, the level went there bit by bit.
  const move = at(values, place.mode);
  if (Math.abs(move - step) > Math.abs(move)) return undefined;
  const jumps = losses.subarray(fewest, length - fewest + 1);
  return {
    place,
    kind: kindByOdds(logOddsOfLosses(jumps, climbCosts(innovations).map(lossOf)), mostOfDrift),
  };
}
