import type { Direction } from '@aed/core';
import { naiveMedian } from '../naive-median.ts';

/** Where a change is and of what kind, in the words of the documents: every sum written out for every place. */

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const meanOf = (values: readonly number[]) => sum(values) / values.length;
const squaresAbout = (values: readonly number[], centre: number) =>
  sum(values.map((value) => (value - centre) ** 2));
const upTo = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

export interface PlainPlace {
  readonly mode: number;
  readonly interval: { readonly from: number; readonly to: number };
}

/** The points around the medians of both sides, with outliers drawn in. */
export function plainWinsorised(regime: readonly number[], split: number) {
  const before = naiveMedian(regime.slice(0, split));
  const after = naiveMedian(regime.slice(split));
  const distances = regime.map((value, index) => Math.abs(value - (index < split ? before : after)));
  const median = naiveMedian(distances);
  const deviation = median > 0 ? 1.4826 * median : 1.2533 * meanOf(distances);
  const low = Math.min(before, after) - 1.5 * deviation;
  const high = Math.max(before, after) + 1.5 * deviation;
  const draw = (value: number) => Math.max(low, Math.min(high, value));
  return { values: regime.map(draw), draw, shift: after - before };
}

function sumsOfSquares(values: readonly number[], split: number) {
  const side = Math.min(3, split, values.length - split);
  return upTo(side, values.length - side).map((t) => {
    const [before, after] = [values.slice(0, t), values.slice(t)];
    const square = squaresAbout(before, meanOf(before)) + squaresAbout(after, meanOf(after));
    return { t, square, before: meanOf(before), after: meanOf(after) };
  });
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

export function plainPlace(regime: readonly number[], split: number, inflation: number): PlainPlace {
  const T = regime.length;
  const { values, draw, shift } = plainWinsorised(regime, split);
  const all = sumsOfSquares(values, split);
  const best = leastOf(all);
  const scale = ((best.after - best.before) * Math.max(1, T - 2)) / best.square;
  const middle = (best.before + best.after) / 2;
  const asOld = regime.map((value, index) => draw(index < best.t ? value : value - shift));
  const asNew = regime.map((value, index) => draw(index < best.t ? value + shift : value));
  const later = plainPower(asOld.map((value) => scale * (value - middle)));
  const earlier = plainPower(asNew.map((value) => -scale * (value - middle)));
  const logWeights = new Map<number, number>();
  for (const { t, square } of all) {
    const loss = ((T - 2) / (2 * inflation)) * Math.log(square / best.square);
    const power = t < best.t ? earlier : later;
    if (loss <= 5) logWeights.set(t, -power * loss - Math.log(t * (T - t)) / 2 - Math.log(T - t) / 2);
  }
  return plainInterval(logWeights);
}

/** Two multinomial samples under Jeffreys' prior, by products of Γ(n + ½) / Γ(½) = ½·(½ + 1) … (½ + n − 1). */
export function plainTiedPlace(
  regime: readonly number[],
  direction: Direction,
  inflation: number,
): PlainPlace {
  const upright = regime.map((value) => (direction === 'up' ? value : -value));
  const bounds = plainBounds(upright);
  const groups = upright.map((value) => bounds.filter((bound) => value >= bound).length);
  const all = upTo(0, bounds.length);
  const logWeights = new Map<number, number>();
  for (const t of upTo(1, regime.length - 1)) {
    const sides = [groups.slice(0, t), groups.slice(t)];
    const likelihood = sides.map((side) => {
      const counts = all.map((group) => side.filter((other) => other === group).length);
      return sum(counts.map((count) => rising(0.5, count))) - rising(all.length / 2, side.length);
    });
    logWeights.set(t, sum(likelihood) / inflation);
  }
  return plainInterval(logWeights);
}

/** ln of x·(x + 1) … (x + n − 1). */
function rising(x: number, n: number): number {
  return sum(upTo(0, n - 1).map((step) => Math.log(x + step)));
}

/** A group is closed before a value that would make it larger than a quarter of the points, and after one that makes it as large. */
function plainBounds(values: readonly number[]): number[] {
  const levels = [...new Set(values)].sort((a, b) => a - b);
  const bounds: number[] = [];
  let held = 0;
  levels.forEach((level, index) => {
    const count = values.filter((value) => value === level).length;
    if (held > 0 && held + count > values.length / 4) {
      if (!bounds.includes(level)) bounds.push(level);
      held = 0;
    }
    held += count;
    const next = levels[index + 1];
    if (held >= values.length / 4 && next !== undefined) {
      bounds.push(next);
      held = 0;
    }
  });
  return bounds;
}

/** Of all ranges that hold the mode and 95 % of the weight the shortest, of several the earliest. */
function plainInterval(logWeights: ReadonlyMap<number, number>): PlainPlace {
  const most = Math.max(...logWeights.values());
  const weights = [...logWeights].map(([t, weight]) => [t, Math.exp(weight - most)] as const);
  const mode = weights.find(([, weight]) => weight > 1 - 1e-9)?.[0] ?? 0;
  const needed = 0.95 * sum(weights.map(([, weight]) => weight));
  const places = weights.map(([t]) => t);
  const ranges = places
    .flatMap((from) => places.map((to) => ({ from, to })))
    .filter(({ from, to }) => from <= mode && mode <= to)
    .filter(({ from, to }) => sum(weights.map(([t, w]) => (from <= t && t <= to ? w : 0))) >= needed);
  const width = ({ from, to }: PlainPlace['interval']) => to - from;
  const interval = ranges.reduce((best, range) => (width(range) < width(best) ? range : best));
  return { mode, interval };
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
