import type { Inflation } from './inflation.ts';

/** Dependence lowers the points between false alarms that the threshold is for, but not below these. */
const leastPoints = 75;
/** The power of the inflation by which it lowers them. Fewer splits are independent of each other, so fewer false alarms come from them. From simulations. */
const power = 0.7;
/** Shares are rounded to so many an octave, so that a threshold serves more than one estimate. */
const sharesAnOctave = 32;

/**
 * The share of the stated points between false alarms that the threshold is for: under dependence F^−0.7, but no fewer than 75 points, times `passing`.
 *
 * @param every - the stated mean number of points between false alarms
 */
export function rateShare({ limit, passing }: Inflation, every: number): number {
  const share = 2 ** (Math.round(-power * sharesAnOctave * Math.log2(limit)) / sharesAnOctave);
  return passing * Math.max(share, Math.min(1, leastPoints / every));
}
