import type { ScanScore } from '../scan-score.ts';
import type { Inflation } from './inflation.ts';
import { firstScheduled, nextScheduled } from './schedule.ts';

/** A scan at its newest point, as estimates need it. */
export interface EstimatedScan {
  /** Points of the regime. */
  readonly length: number;
  /** The split with the largest |U| / √(t·(T−t)); 0 if there is none. */
  mostEvident(): number;
  /** The inflation, if the regime changed after so many points. */
  estimate(split: number): Inflation;
  /** The largest score under an inflation, if it exceeds what it must. */
  exceeding(inflation: Inflation): ScanScore | undefined;
  /** The same among leaps, which count whatever the estimate is. */
  leap(inflation: Inflation): ScanScore | undefined;
}

/** After so many estimates at one point, each for the split that was best under the one before, the last one decides. */
const mostEstimates = 4;

/**
 * Which estimate of dependence is in force, and whether a score is an alarm under it: decided once at each point.
 *
 * At scheduled lengths the estimate is that for the most evident split. Between them only a score that would be an alarm is worth a new one,
 * for its own split. If no score exceeds what it must under the new estimate, the alarm is *refused*, and the new estimate stays in force. After the n-th
 * refusal between two scheduled lengths no score but that of a leap is looked at for n − 1 points, so that a series which is
 * refused again and again costs little.
 * At a scheduled length all of this is forgotten, so that what is decided follows from the points alone. Before the startup nobody asks for an alarm, so that there are
 * the scheduled estimates alone.
 */
export class Estimates {
  /** The estimate in force. */
  inflation: Inflation;
  #due = firstScheduled;
  #refusals = 0;
  #heldThrough = 0;

  readonly #startup: number;

  /** @param first - before the first estimate @param startup - points of a regime before its first alarm */
  constructor(first: Inflation, startup: number) {
    this.inflation = first;
    this.#startup = startup;
  }

  /** The score of an alarm at the newest point, if there is one. */
  decide(scan: EstimatedScan): ScanScore | undefined {
    const { length } = scan;
    let estimated: number | undefined;
    if (length >= this.#due) {
      estimated = scan.mostEvident();
      this.inflation = scan.estimate(estimated);
      this.#due = nextScheduled(length);
      this.#refusals = 0;
    } else if (this.isHeld(length)) return scan.leap(this.inflation);
    if (length < this.#startup) return undefined;
    let found = scan.exceeding(this.inflation);
    for (let count = 0; count < mostEstimates && found !== undefined; count++) {
      if (found.split === estimated) return found;
      estimated = found.split;
      this.inflation = scan.estimate(estimated);
      found = scan.exceeding(this.inflation);
      if (found === undefined) this.#refuse(length);
    }
    return found;
  }

  /** Whether no score but that of a leap is looked at when the regime has so many points. */
  isHeld(length: number): boolean {
    return this.#refusals > 0 && length <= this.#heldThrough;
  }

  #refuse(length: number): void {
    this.#heldThrough = length + this.#refusals;
    this.#refusals++;
  }
}
