import type { Direction } from '../change-point.ts';
import { at } from '../float-list.ts';
import { logGamma } from './log-gamma.ts';
import { type LikelyPlace, placeByWeights } from './place.ts';

/** The values are put into at most so many groups of neighbours. */
const mostGroups = 4;

/**
 * The posterior of the place where values repeat: the sides have unknown shares of at most four groups of values, and all places are as likely before.
 *
 * ∝ ∏ Γ(b + ½)·Γ(c + ½) / (Γ(t + K/2)·Γ(a + K/2)) to the power 1/F, where each of K groups has b of the t points before and c of the a after: the marginal likelihood of two
 * multinomial samples under Jeffreys' prior. Few values have no noise in the sense of the other model, whose interval for a rare event
 * that becomes ten times as frequent is wrong nine times in ten.
 * Cost: O(n log n).
 *
 * @param sorted - the regime in ascending order
 * @param direction - of the change; a fall is placed as the rise that it is upside down
 */
export function tiedPlaceOf(
  regime: Float64Array,
  sorted: Float64Array,
  direction: Direction,
  inflation: number,
): LikelyPlace {
  return direction === 'up'
    ? placeOfRise(regime, sorted, inflation)
    : placeOfRise(mirrored(regime), mirrored(sorted).reverse(), inflation);
}

const mirrored = (values: Float64Array) => values.map((value) => 0 - value);

function placeOfRise(regime: Float64Array, sorted: Float64Array, inflation: number): LikelyPlace {
  const bounds = groupBounds(sorted);
  const groups = bounds.length + 1;
  const groupOf = (value: number) => {
    let group = 0;
    while (group < bounds.length && value >= (bounds[group] as number)) group++;
    return group;
  };
  const before = new Float64Array(groups);
  const after = new Float64Array(groups);
  regime.forEach((value) => {
    after[groupOf(value)] = at(after, groupOf(value)) + 1;
  });
  const weights = new Float64Array(regime.length).fill(-Infinity);
  for (let t = 1; t < regime.length; t++) {
    const group = groupOf(at(regime, t - 1));
    before[group] = at(before, group) + 1;
    after[group] = at(after, group) - 1;
    weights[t] = (logLikelihood(before, t) + logLikelihood(after, regime.length - t)) / inflation;
  }
  return placeByWeights(weights);
}

/** The log of the marginal likelihood of counts in groups. */
function logLikelihood(counts: Float64Array, points: number): number {
  let sum = -logGamma(points + counts.length / 2);
  for (let group = 0; group < counts.length; group++) sum += logGamma(at(counts, group) + 0.5);
  return sum;
}

/** The least values of the second group and those after it: each has about an equal share of the points, and a frequent value is alone. */
function groupBounds(sorted: Float64Array): readonly number[] {
  const share = sorted.length / mostGroups;
  const bounds = new Set<number>();
  let held = 0;
  for (let start = 0; start < sorted.length; ) {
    const value = at(sorted, start);
    let end = start;
    while (end < sorted.length && at(sorted, end) === value) end++;
    const count = end - start;
    if (held > 0 && held + count > share) {
      bounds.add(value);
      held = 0;
    }
    held += count;
    if (held >= share && end < sorted.length) {
      bounds.add(at(sorted, end));
      held = 0;
    }
    start = end;
  }
  return [...bounds];
}
