import { at } from '../float-list.ts';

/** The levels of a regime, in ascending order, or in descending order with the signs of their scores changed. */
export interface Levels {
  /** Mid-rank / T − ½. With a season mid-rank − n/2 among the n points of the phase, as a share of the longest phase. */
  readonly scores: Float64Array;
  /** How many points each has. */
  readonly counts: Float64Array;
  /** Points of the regime. */
  readonly points: number;
  /** The smallest distance of two scores before neighbours were joined; 0 for one level alone. */
  readonly gap: number;
  /** Σ counts·scores², and Σ counts·scores³. */
  readonly squares: number;
  readonly cubes: number;
}

/** Levels with fewer points than this share of the regime are joined with their neighbours. */
const leastShare = 1 / 32;

/** The levels of a regime from how many points each of its cells holds, in either order. */
export function levelsOf(cells: Float64Array): Levels {
  const points = cells.reduce((sum, count) => sum + count, 0);
  const scored: Scored[] = [];
  let below = 0;
  for (let cell = 0; cell < cells.length; cell++) {
    const count = at(cells, cell);
    if (count === 0) continue;
    scored.push({ score: (below + count / 2) / points - 0.5, count });
    below += count;
  }
  return levelsOfScores(scored, points);
}

/** How many points have a score. */
export interface Scored {
  readonly score: number;
  readonly count: number;
}

/** The levels of a regime of at least one point from its scores, in ascending order. */
export function levelsOfScores(scored: readonly Scored[], points: number): Levels {
  const scores: number[] = [];
  const counts: number[] = [];
  let gap = Infinity;
  let previous = -Infinity;
  let joined = 0;
  let weighted = 0;
  for (const { score, count } of scored) {
    gap = Math.min(gap, score - previous);
    previous = score;
    if (joined > 0 && joined + count > leastShare * points) {
      scores.push(weighted / joined);
      counts.push(joined);
      joined = 0;
      weighted = 0;
    }
    joined += count;
    weighted += count * score;
  }
  scores.push(weighted / joined);
  counts.push(joined);
  let squares = 0;
  let cubes = 0;
  scores.forEach((score, level) => {
    const square = (counts[level] as number) * score * score;
    squares += square;
    cubes += square * score;
  });
  return {
    scores: Float64Array.from(scores),
    counts: Float64Array.from(counts),
    points,
    gap: Number.isFinite(gap) ? gap : 0,
    squares,
    cubes,
  };
}
