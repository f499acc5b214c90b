import type { Direction } from '@aed/core';
import { naiveMedian } from '../naive-median.ts';
import { type PlainPlace, plainInterval } from './plain-interval.ts';

/** Where a change is and of what kind, in the words of the documents: every sum written out for every place. */

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
export const meanOf = (values: readonly number[]) => sum(values) / values.length;
const squaresAbout = (values: readonly number[], centre: number) =>
  sum(values.map((value) => (value - centre) ** 2));
export const upTo = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

/** The points around the medians of both sides, with outliers drawn in. */
export function plainWinsorised(regime: readonly number[], split: number, widening = 1) {
  const before = naiveMedian(regime.slice(0, split));
  const after = naiveMedian(regime.slice(split));
  const distances = regime.map((value, index) => Math.abs(value - (index < split ? before : after)));
  const median = naiveMedian(distances);
  const step = Math.abs(after - before);
  const usual = step > 0 ? step : naiveMedian(distances.filter((distance) => distance > 0));
  // Of no distance but 0 there is no usual one.
  const drawn = distances.map((distance) => (distance > 0 ? Math.min(distance, 10 * usual) : 0));
  const deviation = widening * (median > 0 ? 1.4826 * median : 1.2533 * meanOf(drawn));
  const low = Math.min(before, after) - 1.5 * deviation;
  const high = Math.max(before, after) + 1.5 * deviation;
  const draw = (value: number) => Math.max(low, Math.min(high, value));
  return { values: regime.map(draw), draw, shift: after - before };
}

/** The sums of squares about levels of the phases that differ by the same step in all of them, which fits best. */
function sumsOfSquares(values: readonly number[], split: number, phases = values.map(() => 0)) {
  const side = Math.min(3, split, values.length - split);
  const rest = centred(values, phases);
  return upTo(side, values.length - side).map((t) => {
    const step = centred(
      values.map((_, index) => (index < t ? 0 : 1)),
      phases,
    );
    const weight = squaresAbout(step, 0);
    const slope = weight > 0 ? sum(rest.map((value, index) => value * (step[index] ?? 0))) / weight : 0;
    const square = sum(rest.map((value, index) => (value - slope * (step[index] ?? 0)) ** 2));
    return { t, square, weight, before: meanOf(values.slice(0, t)), after: meanOf(values.slice(t)) };
  });
}

/** Less the mean of their phase. */
function centred(values: readonly number[], phases: readonly number[]): number[] {
  const means = new Map(
    [...new Set(phases)].map((phase) => [
      phase,
      meanOf(values.filter((_, index) => phases[index] === phase)),
    ]),
  );
  return values.map((value, index) => value - (means.get(phases[index] ?? 0) ?? 0));
}

const leastOf = <Item extends { readonly square: number }>(items: readonly Item[]): Item =>
  items.reduce((least, item) => (item.square < least.square ? item : least));

/** The largest power up to 1 at which the mean of the ratios to that power is at most 1, in steps of 1/4096 of the range. */
function plainPower(logRatios: readonly number[]): number {
  const steps = 4096;
  const powers = upTo(0, steps).map((step) => 0.05 + (0.95 * step) / steps);
  const holds = (power: number) => meanOf(logRatios.map((ratio) => Math.exp(power * ratio))) <= 1;
  if (holds(1)) return 1;
  // The mean is convex in the power, and 1 at the power 0: once above 1 it stays there.
  return powers.findLast(holds) ?? 0.05;
}

export function plainPlace(
  regime: readonly number[],
  split: number,
  inflation: number,
  phases = regime.map(() => 0),
): PlainPlace {
  const T = regime.length;
  const freedom = Math.max(0, T - new Set(phases).size - 1);
  const { values, draw, shift } = plainWinsorised(regime, split);
  const all = sumsOfSquares(values, split, phases);
  const best = leastOf(all);
  const scale = ((best.after - best.before) * Math.max(1, freedom)) / best.square;
  const middle = (best.before + best.after) / 2;
  const asOld = regime.map((value, index) => draw(index < best.t ? value : value - shift));
  const asNew = regime.map((value, index) => draw(index < best.t ? value + shift : value));
  const later = plainPower(asOld.map((value) => scale * (value - middle)));
  const earlier = plainPower(asNew.map((value) => -scale * (value - middle)));
  const logWeights = new Map<number, number>();
  const likely = new Set<number>();
  for (const { t, square, weight } of all) {
    const loss = (freedom / (2 * inflation)) * Math.log(square / best.square);
    if (loss <= 4) likely.add(t);
    const power = t < best.t ? earlier : later;
    if (loss <= 6 && weight > 0.1)
      logWeights.set(t, -power * loss - Math.log(weight) / 2 - Math.log(T - t) / 2);
  }
  const any = upTo(1, T - 1).map((t) => [t, 0] as const);
  return logWeights.size > 0
    ? plainInterval(logWeights, 0.95, (t) => likely.has(t))
    : plainInterval(new Map(any), 0.95);
}

/** Nine cells of equal width, the first around the least value: those that have points, as their mean values and the cell of each point. */
export function plainCells(values: readonly number[]) {
  const least = Math.min(...values);
  const range = Math.max(...values) - least || 1;
  const places = values.map((value) => (value - least) / range);
  const all = places.map((place) => Math.round(8 * place + 1e-9));
  const used = [...new Set(all)].sort((a, b) => a - b);
  const scores = used.map((cell) => meanOf(places.filter((_, index) => all[index] === cell)));
  return { scores, cells: all.map((cell) => used.indexOf(cell)) };
}

/** The log of e^(size·S), of the scores S of the points from t on, over the mean of that over all ways to draw as many points, by its saddlepoint. */
export function plainTilt(scores: readonly number[], t: number, size: number): number {
  const T = scores.length;
  const f = (T - t) / T;
  const shares = (u: number) => scores.map((score) => 1 / (1 + ((1 - f) / f) * Math.exp(-u - size * score)));
  let [low, high] = [-200, 200];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (sum(shares(middle)) > T - t) high = middle;
    else low = middle;
  }
  const spread = sum(shares(low).map((share) => share * (1 - share))) / (T * f * (1 - f));
  const cumulant = sum(scores.map((score) => Math.log(1 - f + f * Math.exp(low + size * score))));
  return size * sum(scores.slice(t)) - (cumulant - low * (T - t) - Math.log(spread) / 2);
}

/** The same with the mean over all ways to draw worked out: the coefficients of ∏ (1 + e^(size·score)·x). */
export function exactTilt(scores: readonly number[], t: number, size: number): number {
  const a = scores.length - t;
  const coefficients = (terms: readonly number[]) =>
    terms.reduce<number[]>(
      (known, term) => upTo(0, a).map((power) => (known[power] ?? 0) + term * (known[power - 1] ?? 0)),
      [1],
    )[a] ?? 0;
  const mean =
    coefficients(scores.map((score) => Math.exp(size * score))) / coefficients(scores.map(() => 1));
  return size * sum(scores.slice(t)) - Math.log(mean);
}

/** The mean likelihood of sizes that would have shown in time, each half more than the one before; fewer than all points that are uncommon make the interval hold more. */
export function plainTiedPlace(
  regime: readonly number[],
  split: number,
  direction: Direction,
  inflation: number,
): PlainPlace {
  const T = regime.length;
  const { values } = plainWinsorised(regime, split);
  const { scores, cells } = plainCells(values.map((value) => (direction === 'up' ? value : -value)));
  const ofPoints = cells.map((cell) => scores[cell] ?? 0);
  const variance = squaresAbout(ofPoints, meanOf(ofPoints)) / T;
  const gap = Math.min(1, ...scores.slice(1).map((score, cell) => score - (scores[cell] ?? 0)));
  const sums = new Map<number, number>();
  for (let size = Math.sqrt(10 / (variance * T)); size * gap <= 15; size *= 1.5) {
    let best = -Infinity;
    for (const t of upTo(Math.max(1, Math.ceil(10 / (size ** 2 * variance))), T - 1).reverse()) {
      const log = plainTilt(ofPoints, t, size);
      best = Math.max(best, log);
      if (best - log > 40 * inflation) break;
      sums.set(t, (sums.get(t) ?? 0) + Math.exp(log / inflation));
    }
  }
  const uncommon = T - Math.max(...regime.map((value) => regime.filter((other) => other === value).length));
  const logWeights = [...sums].sort(([a], [b]) => a - b).map(([t, sum]) => [t, Math.log(sum)] as const);
  return plainInterval(new Map(logWeights), 1 - (0.05 * uncommon) / (uncommon + 20));
}

/** The log odds of two levels against a level that begins to climb, the latter by simple regression on its heights. */
export function plainOdds(regime: readonly number[], split: number, inflation: number): number {
  const { values } = plainWinsorised(regime, split);
  const T = values.length;
  const steps = sumsOfSquares(values, split).map(({ square }) => square);
  const ramps = upTo(0, Math.max(0, T - 4)).map((t) => {
    const heights = values.map((_, index) => Math.max(0, index - t));
    const [centre, level] = [meanOf(heights), meanOf(values)];
    const slope =
      sum(heights.map((height, index) => (height - centre) * ((values[index] ?? 0) - level))) /
      squaresAbout(heights, centre);
    return sum(values.map((value, index) => (value - level - slope * ((heights[index] ?? 0) - centre)) ** 2));
  });
  const least = Math.min(...steps, ...ramps);
  const likelihood = (square: number) => (square / least) ** (-T / (2 * inflation));
  const ofRamps = (meanOf(ramps.map(likelihood)) + likelihood(ramps[0] ?? 0)) / 2;
  return Math.log(meanOf(steps.map(likelihood)) / ofRamps);
}
