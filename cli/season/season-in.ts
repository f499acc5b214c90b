import { periodogram } from './periodogram.ts';

/** A season in this many points says nothing: it may be chance. */
const leastPoints = 64;
/** Of so many points a wave of each length is looked for; in longer series, also among means of so many points. */
const mostPoints = 4096;
const thinning = 8;
/** More points than these are not looked at. */
export const mostForSeason = mostPoints * thinning;
/** A season is seen so many times at least. */
const leastPeriods = 5;
const leastPeriod = 4;
/** Neighbours on each side with which a wave is compared. */
const neighbours = 12;
/** By how many times it must exceed their level. Found by `bench/statistics/season-warnings.ts`. */
const leastRatio = 40;
/** And by how many times, beside such a wave, one that may belong to the same season. */
const leastBeside = 15;
/** A season is made of waves of its length and of simple fractions of it. */
const mostParts = 8;

/**
 * The length of the season in a series, in points; `undefined` if there is none to be seen.
 *
 * Its ranks are taken apart into waves. Where neighbours resemble each other, long waves are high, but smoothly so: a season stands out from the
 * waves of about its length on both sides.
 * Cost: some 50 ms for 4,096 points or more.
 */
export function seasonIn(values: readonly number[]): number | undefined {
  const season = seasonOf(ranksOf(values.slice(0, mostPoints)), 1);
  return season ?? seasonOfMeans(values.slice(0, mostForSeason));
}

function seasonOfMeans(values: readonly number[]): number | undefined {
  if (values.length <= mostPoints) return undefined;
  const means = Array.from({ length: Math.floor(values.length / thinning) }, (_, index) =>
    values.slice(index * thinning, (index + 1) * thinning).reduce((sum, value) => sum + value / thinning, 0),
  );
  return seasonOf(ranksOf(means), thinning, ranksOf(values));
}

/** @param thinned - how many points of the whole series each of these stands for */
function seasonOf(ranks: Float64Array, thinned: number, whole = ranks): number | undefined {
  const n = ranks.length;
  if (n < leastPoints) return undefined;
  const powers = periodogram(ranks);
  const ratios = Array.from(powers, (_, k) => ratioAt(powers, k));
  const above = (least: number) =>
    [...ratios.keys()].filter(
      (k) => k >= leastPeriods && k <= n / leastPeriod && (ratios[k] as number) > least,
    );
  const highest = above(leastRatio).reduce<number | undefined>(
    (best, k) => (best === undefined || (powers[k] as number) > (powers[best] as number) ? k : best),
    undefined,
  );
  if (highest === undefined) return undefined;
  const parts = partsOf(above(leastBeside), highest);
  const length = (thinned * parts * n) / highest;
  return lengthNear(length, length / highest, parts, whole);
}

/** How many times a wave is as high as those of about its length on the side where they are higher. */
function ratioAt(powers: Float64Array, k: number): number {
  const longer = powers.slice(Math.max(1, k - 2 - neighbours), Math.max(1, k - 2));
  const shorter = powers.slice(k + 3, k + 3 + neighbours);
  const level = Math.max(medianOf(longer), medianOf(shorter)) / Math.LN2;
  return level > 0 ? (powers[k] as number) / level : 0;
}

/** Of how many waves of the highest kind a season consists, as the other strong waves say: 7, where a week has a wave of a day. */
function partsOf(strong: readonly number[], highest: number): number {
  const fits = (parts: number) =>
    strong.filter((k) => {
      const multiple = (k * parts) / highest;
      return Math.abs(multiple - Math.round(multiple)) <= (1.5 * parts) / highest;
    }).length;
  const candidates = Array.from({ length: mostParts }, (_, index) => index + 1);
  const possible = candidates.filter((parts) => highest / parts >= leastPeriods);
  return possible.reduce((best, parts) => (fits(parts) > fits(best) ? parts : best), 1);
}

/**
 * The whole length nearest to the waves of a series.
 *
 * @param length - not yet exact
 * @param distance - how far from it the exact one may be
 * @param parts - of how many waves it consists
 */
function lengthNear(length: number, distance: number, parts: number, ranks: Float64Array): number {
  let [best, most] = [Math.round(length), 0];
  const look = (from: number, to: number, step: number) => {
    for (let period = Math.ceil(from); period <= to; period += step) {
      const power = powerOf(ranks, period / parts);
      if (power > most) [best, most] = [period, power];
    }
  };
  // There is one peak so near: it is looked for in steps, and then in each place about the best of them.
  const step = Math.max(1, Math.floor(distance / 8));
  look(length - distance, length + distance, step);
  if (step > 1) look(best - step + 1, best + step - 1, 1);
  return best;
}

/** How much of a series moves in waves of one length. */
function powerOf(ranks: Float64Array, length: number): number {
  const step = { cosine: Math.cos((2 * Math.PI) / length), sine: Math.sin((2 * Math.PI) / length) };
  let [cosine, sine] = [1, 0];
  let [real, imaginary] = [0, 0];
  for (const rank of ranks) {
    real += rank * cosine;
    imaginary += rank * sine;
    // The next angle by a rotation: to work out its cosine and sine takes ten times as long.
    const turned = cosine * step.cosine - sine * step.sine;
    sine = cosine * step.sine + sine * step.cosine;
    cosine = turned;
  }
  return real * real + imaginary * imaginary;
}

/** Centred ranks, −½ to ½; equal values share one. */
function ranksOf(values: readonly number[]): Float64Array {
  const order = [...values.keys()].sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] as number] === values[order[start] as number]) end++;
    for (const index of order.slice(start, end)) ranks[index] = (start + end) / 2 / order.length - 0.5;
    start = end;
  }
  return ranks;
}

function medianOf(values: Float64Array): number {
  return values.length === 0 ? 0 : (values.sort()[values.length >> 1] as number);
}
