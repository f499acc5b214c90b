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
  let points = 0;
  for (let cell = 0; cell < cells.length; cell++) points += at(cells, cell);
  const joined = new JoinedLevels(points);
  let below = 0;
  for (let cell = 0; cell < cells.length; cell++) {
    const count = at(cells, cell);
    if (count === 0) continue;
    joined.add((below + count / 2) / points - 0.5, count);
    below += count;
  }
  return joined.levels();
}

/** Makes levels of scores, which are added in ascending order. */
export class JoinedLevels {
  readonly #points: number;
  readonly #scores: number[] = [];
  readonly #counts: number[] = [];
  #gap = Infinity;
  #previous = -Infinity;
  /** Points that are no level yet, and the sum of their scores. */
  #joined = 0;
  #weighted = 0;

  /** @param points - of the regime, at least one */
  constructor(points: number) {
    this.#points = points;
  }

  /** @param count - how many points have the score, at least one */
  add(score: number, count: number): void {
    this.#gap = Math.min(this.#gap, score - this.#previous);
    this.#previous = score;
    if (this.#joined > 0 && this.#joined + count > leastShare * this.#points) this.#end();
    this.#joined += count;
    this.#weighted += count * score;
  }

  /** The levels, once all points are added. */
  levels(): Levels {
    this.#end();
    const scores = Float64Array.from(this.#scores);
    const counts = Float64Array.from(this.#counts);
    let squares = 0;
    let cubes = 0;
    scores.forEach((score, level) => {
      const square = at(counts, level) * score * score;
      squares += square;
      cubes += square * score;
    });
    const gap = Number.isFinite(this.#gap) ? this.#gap : 0;
    return { scores, counts, points: this.#points, gap, squares, cubes };
  }

  #end(): void {
    this.#scores.push(this.#weighted / this.#joined);
    this.#counts.push(this.#joined);
    this.#joined = 0;
    this.#weighted = 0;
  }
}
