/**
 * The closed form of the threshold, by minimum length: h²/2 = ln N + q + p·ln h.
 *
 * ln h stands for how often a path crosses a level, q for how many nearly independent paths the kept splits are. Fitted by `bench/statistics/scan-thresholds.ts`.
 */
export const fits = [
  { minimumLength: 2, q: -1.9314, p: 1.4388 },
  { minimumLength: 3, q: -2.2847, p: 1.5835 },
  { minimumLength: 5, q: -2.8335, p: 1.7583 },
  { minimumLength: 8, q: -3.369, p: 1.8154 },
  { minimumLength: 12, q: -3.7513, p: 1.8694 },
  { minimumLength: 20, q: -4.3056, p: 1.9178 },
  { minimumLength: 32, q: -4.7427, p: 1.8811 },
] as const;

const longest = 32;

interface Fit {
  readonly q: number;
  readonly p: number;
}

/** For fewer points between false alarms the closed form means nothing. */
export const leastEvery = 20;
/** A score up to this is no evidence. The closed form is not monotone far below it. */
const leastScore = 2;

/**
 * What the largest score of the kept splits must exceed for one false alarm in `every` points on average.
 *
 * @param every - mean points between false alarms, at least 20
 * @param minimumLength - points that each side of a split has at least
 */
export function scanThreshold(every: number, minimumLength: number): number {
  const { q, p } = fitFor(minimumLength);
  let threshold = 3;
  // Each step comes nearer by a factor of about p / threshold², a tenth.
  for (let step = 0; step < 24; step++) {
    const square = 2 * (Math.log(every) + q + p * Math.log(threshold));
    threshold = Math.sqrt(Math.max(leastScore ** 2, square));
  }
  return threshold;
}

/** How rarely, in points, a series without a change has a score of more than so much: the inverse of `scanThreshold`. */
export function pointsBetween(score: number, minimumLength: number): number {
  if (score <= leastScore) return 1;
  const { q, p } = fitFor(minimumLength);
  return Math.exp((score * score) / 2 - q - p * Math.log(score));
}

/**
 * Which share of the scores above a threshold come from splits with `length` points or more on both sides. Beyond the longest minimum length that was simulated it falls
 * as the number of independent splits does, with 1 / length.
 */
export function shareOfLonger(threshold: number, length: number, minimumLength: number): number {
  const rate = (least: number) => Math.min(1, longest / least) / pointsBetween(threshold, least);
  return rate(length) / rate(minimumLength);
}

/** The fit of a minimum length: between two that were simulated, in proportion to its logarithm; beyond them, that of the last. */
function fitFor(minimumLength: number): Fit {
  let below: Fit & { readonly minimumLength: number } = fits[0];
  for (const fit of fits) {
    if (fit.minimumLength >= minimumLength) {
      const width = Math.log(fit.minimumLength / below.minimumLength);
      const share = width === 0 ? 1 : Math.log(minimumLength / below.minimumLength) / width;
      return { q: below.q + share * (fit.q - below.q), p: below.p + share * (fit.p - below.p) };
    }
    below = fit;
  }
  return below;
}
