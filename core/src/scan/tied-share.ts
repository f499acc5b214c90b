import { at } from '../float-list.ts';
import { normalTails } from '../normal-tail.ts';
import { type Levels, levelsOf } from './levels.ts';
import { shareOfLonger } from './scan-threshold.ts';

/** Ranks without ties, as far as levels are told apart. */
const untied = levelsOf(new Float64Array(32).fill(1));
/** The largest rate. With more evidence a point, levels that are joined to a 32nd of the regime are too coarse to tell. */
const mostRate = 1;
/** The tilt is found to this share of itself. */
const exact = 1e-6;

/**
 * How many false alarms a regime with strong ties has, as a share of those without ties at the same threshold. Nothing in it is fitted to a noise.
 *
 * Two things make them fewer, in each direction. Short sides cannot go far enough: of a coin, even 13 equal points are not rare enough.
 * And alarms come in bursts: the fewer points of a side carry its evidence, the more splits share the same ones.
 * Source: Siegmund (1985), of which this is the first term. Cost: some 40 sums over at most 64 levels.
 *
 * @param ascending - the levels of the regime, at least two
 * @param descending - the same in descending order
 * @param threshold - roughly what a score must exceed, at least 2
 */
export function tiedShare(
  ascending: Levels,
  descending: Levels,
  threshold: number,
  minimumLength: number,
): number {
  const rise = directionShare(ascending, threshold, minimumLength);
  return (rise + directionShare(descending, threshold, minimumLength)) / 2;
}

/** The share of one direction. */
function directionShare(levels: Levels, threshold: number, minimumLength: number): number {
  const highest = at(levels.counts, levels.counts.length - 1) / levels.points;
  // A side with so many points, all of the highest level, is just rare enough.
  const least = Math.max(minimumLength, Math.log(normalTails(threshold)) / Math.log(highest));
  // Of the sides with at least so many points, about half have twice as many.
  const rate = Math.min(mostRate, threshold ** 2 / (4 * least));
  // With two or three levels the first term says that bursts are up to a tenth shorter than without ties. Simulations do not show that.
  const burst = Math.min(1, entries(levels, rate) / entries(untied, rate));
  return burst * shareOfLonger(threshold, least, minimumLength);
}

/**
 * How often a split that exceeds the threshold did not exceed it one point before.
 *
 * The points of such a side are drawn as if each level were e^(s·score) / K times as frequent, ln K = `value`. A point with the score value / s just
 * keeps up with the threshold. What the sum exceeds it by is exponential with the rate s, so the last point lifted it above with the mean of
 * 1 − e^(value − s·score) over the scores that are higher.
 *
 * @param rate - what each point adds to half of the squared score
 */
function entries(levels: Levels, rate: number): number {
  const s = tiltOf(levels, rate);
  const { value } = cumulant(levels, s);
  const { scores, counts, points } = levels;
  let sum = 0;
  for (let level = 0; level < scores.length; level++) {
    const excess = s * at(scores, level) - value;
    if (excess > 0) sum += (at(counts, level) / points) * Math.expm1(excess);
  }
  return sum;
}

/** The s > 0 at which s·K′(s) − K(s) is the rate, for K(s) = ln of the mean of e^(s·score): Newton's method between bounds. */
function tiltOf(levels: Levels, rate: number): number {
  let [low, high] = [0, Infinity];
  let s = 4 * Math.sqrt(rate);
  for (let step = 0; step < 60; step++) {
    const { value, slope, curvature } = cumulant(levels, s);
    const short = rate - (s * slope - value);
    if (short > 0) low = s;
    else high = s;
    let next = s + short / (s * curvature);
    if (next >= high || next <= low) next = (low + high) / 2;
    if (Math.abs(next - s) < exact * s) break;
    s = next;
  }
  return s;
}

/** K and its first two derivatives. */
function cumulant(
  { scores, counts, points }: Levels,
  s: number,
): { readonly value: number; readonly slope: number; readonly curvature: number } {
  let [sum, first, second] = [0, 0, 0];
  for (let level = 0; level < scores.length; level++) {
    const score = at(scores, level);
    // No score is above a half.
    const weight = at(counts, level) * Math.exp(s * (score - 0.5));
    sum += weight;
    first += weight * score;
    second += weight * score * score;
  }
  const slope = first / sum;
  return { value: s / 2 + Math.log(sum / points), slope, curvature: second / sum - slope * slope };
}
