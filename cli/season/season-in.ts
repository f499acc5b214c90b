import { periodogram } from './periodogram.ts';

/** In fewer points a season may be chance. */
const leastPoints = 64;
/** Points of a periodogram at most. A longer series also has one of the means of `thinning` points each. */
const mostPoints = 4096;
const thinning = 8;
/** Later points are not looked at. */
export const mostForSeason = mostPoints * thinning;
/** A season must come at least so many times. */
const leastPeriods = 5;
const leastPeriod = 4;
/** Frequencies on each side with which the power at a frequency is compared. */
const neighbours = 12;
/** By what factor it must exceed their level. Found by `bench/statistics/season-warnings.ts`. */
const leastRatio = 40;
/** No level is below this share of all power: where nothing but a season is left, rounding leaves some 1e-32 between its frequencies. */
const leastLevel = 1e-12;
/** The same for a further frequency, which may belong to the same season. */
const leastBeside = 15;
/** The strongest frequency of a season is its fundamental or a harmonic up to this one. */
const highestHarmonic = 8;

/**
 * The length of the season in a series, in points; `undefined` if none is found.
 *
 * By the periodogram of its ranks. Where neighbours resemble each other, low frequencies have much power, but smoothly so: a season stands out from
 * the neighbouring frequencies on both sides.
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

/** @param thinned - how many points of the whole series each rank stands for */
function seasonOf(ranks: Float64Array, thinned: number, whole = ranks): number | undefined {
  const n = ranks.length;
  if (n < leastPoints) return undefined;
  const powers = periodogram(ranks);
  const lowest = leastLevel * powers.reduce((sum, power) => sum + power, 0);
  const ratios = Array.from(powers, (_, k) => ratioAt(powers, k, lowest));
  const above = (least: number) =>
    [...ratios.keys()].filter(
      (k) => k >= leastPeriods && k <= n / leastPeriod && (ratios[k] as number) > least,
    );
  const highest = above(leastRatio).reduce<number | undefined>(
    (best, k) => (best === undefined || (powers[k] as number) > (powers[best] as number) ? k : best),
    undefined,
  );
  if (highest === undefined) return undefined;
  const harmonic = harmonicOf(above(leastBeside), highest);
  const length = (thinned * harmonic * n) / highest;
  return lengthNear(length, length / highest, harmonic, whole);
}

/**
 * The power at a frequency, by the level of its neighbours on the side where they are stronger.
 *
 * @param lowest - that the level can be
 */
function ratioAt(powers: Float64Array, k: number, lowest: number): number {
  const longer = powers.slice(Math.max(1, k - 2 - neighbours), Math.max(1, k - 2));
  const shorter = powers.slice(k + 3, k + 3 + neighbours);
  const level = Math.max(lowest, Math.max(upperMedianOf(longer), upperMedianOf(shorter)) / Math.LN2);
  return level > 0 ? (powers[k] as number) / level : 0;
}

/** Which harmonic of the season the strongest frequency is, by the other strong ones: 7, where a week has a cycle a day. */
function harmonicOf(strong: readonly number[], highest: number): number {
  const fits = (harmonic: number) =>
    strong.filter((k) => {
      const multiple = (k * harmonic) / highest;
      return Math.abs(multiple - Math.round(multiple)) <= (1.5 * harmonic) / highest;
    }).length;
  const candidates = Array.from({ length: highestHarmonic }, (_, index) => index + 1);
  const possible = candidates.filter((harmonic) => highest / harmonic >= leastPeriods);
  return possible.reduce((best, harmonic) => (fits(harmonic) > fits(best) ? harmonic : best), 1);
}

/**
 * The length in whole points at which the series has most power.
 *
 * @param length - an estimate
 * @param distance - how far from it the length may be
 * @param harmonic - of the season, whose power is compared
 */
function lengthNear(length: number, distance: number, harmonic: number, ranks: Float64Array): number {
  let [best, most] = [Math.round(length), 0];
  const look = (from: number, to: number, step: number) => {
    for (let period = Math.ceil(from); period <= to; period += step) {
      const power = powerOf(ranks, period / harmonic);
      if (power > most) [best, most] = [period, power];
    }
  };
  // There is only one peak within the distance: it is searched in steps, and then point by point around the best step.
  const step = Math.max(1, Math.floor(distance / 8));
  look(length - distance, length + distance, step);
  if (step > 1) look(best - step + 1, best + step - 1, 1);
  return best;
}

/** The power of a series at one period. */
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

/** The median, or the upper of the two in the middle: the least ratios were found with it. */
function upperMedianOf(values: Float64Array): number {
  return values.length === 0 ? 0 : (values.sort()[values.length >> 1] as number);
}
