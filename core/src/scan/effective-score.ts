import { normalScore } from './normal-score.ts';

/** Below this, z stands for its score: no threshold is lower, and with fewer than two points the score could be anything. */
const leastZ = 2;

/**
 * The normal score of a z² of so many dependent points as count for m independent ones.
 *
 * @param m - at least 1
 */
export function effectiveScore(square: number, m: number): number {
  return square < leastZ ** 2 ? Math.sqrt(square) : normalScore(Math.sqrt(square), m);
}
