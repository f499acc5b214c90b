import { normalScore } from './normal-score.ts';

/** Fewer than two points could have any score. Below this, z itself stands for it. */
const leastZ = 2;

/**
 * The normal score of a z² of so many dependent points as count for m independent ones.
 *
 * @param m - at least 1
 */
export function effectiveScore(square: number, m: number): number {
  return square < leastZ ** 2 ? Math.sqrt(square) : normalScore(Math.sqrt(square), m);
}
