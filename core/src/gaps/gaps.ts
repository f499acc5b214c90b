import { check, checkInteger } from '../check.ts';

/** Where a regime has places without a value. Memory: two numbers for each run of them. */
export class Gaps {
  /** For each run, in order: how many points of the regime lie before it. */
  readonly #points: number[] = [];
  /** How many missing places there are up to the end of the run. */
  readonly #missing: number[] = [];

  /** All of them. */
  get total(): number {
    return this.#missing.at(-1) ?? 0;
  }

  /** Adds missing places after so many points: at least 1, and not fewer than those before the last run. */
  add(points: number, count: number): void {
    const total = this.total + count;
    if (this.#points.at(-1) === points) this.#missing[this.#missing.length - 1] = total;
    else {
      this.#points.push(points);
      this.#missing.push(total);
    }
  }

  /** Missing places before the point that has `points` points of the regime before it. Cost: O(log of the runs). */
  before(points: number): number {
    return this.#missing[this.#runsUpTo(points) - 1] ?? 0;
  }

  /** The gaps of the regime that begins with the point that has `points` points of this one before it. */
  from(points: number): Gaps {
    const gaps = new Gaps();
    const earlier = this.before(points);
    for (let run = this.#runsUpTo(points); run < this.#points.length; run++) {
      gaps.#points.push((this.#points[run] as number) - points);
      gaps.#missing.push((this.#missing[run] as number) - earlier);
    }
    return gaps;
  }

  /** Lengths of runs: points, then missing places, in turn. The points after the last run are not in it. */
  toRuns(): number[] {
    return this.#points.flatMap((points, run) => [
      points - (this.#points[run - 1] ?? 0),
      (this.#missing[run] as number) - (this.#missing[run - 1] ?? 0),
    ]);
  }

  /**
   * The gaps that `toRuns` says.
   *
   * @param points - those of the regime
   * @throws RangeError if they cannot be gaps of such a regime
   */
  static fromRuns(runs: readonly number[], points: number, name: string): Gaps {
    const gaps = new Gaps();
    let before = 0;
    check(runs.length % 2 === 0, `${name}.length`, 'even', runs.length);
    runs.forEach((length, index) => {
      checkInteger(length, `${name} at index ${index}`, 1);
      if (index % 2 === 0) before += length;
      else gaps.add(before, length);
    });
    check(before <= points, name, `runs of at most ${points} points in all`, before);
    return gaps;
  }

  /** How many runs lie before the point that has `points` points before it. */
  #runsUpTo(points: number): number {
    let low = 0;
    let high = this.#points.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#points[middle] as number) <= points) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
