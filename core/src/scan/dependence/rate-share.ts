import type { Inflation } from './inflation.ts';

/** The fewest points between false alarms that dependence leaves of those that were asked for. */
const leastPoints = 75;
/** Of the inflation: fewer splits are independent of each other, so fewer false alarms come from them. From simulations. */
const power = 0.7;
/** A share is one of so many an octave: a threshold serves more than one estimate. */
const sharesAnOctave = 32;

/**
 * For which share of the asked points between false alarms the threshold is: under dependence F^−0.7, down to 75 points, of what passes.
 *
 * @param every - mean points between false alarms, as asked for
 */
export function rateShare({ limit, passing }: Inflation, every: number): number {
  const share = 2 ** (Math.round(-power * sharesAnOctave * Math.log2(limit)) / sharesAnOctave);
  return passing * Math.max(share, Math.min(1, leastPoints / every));
}
