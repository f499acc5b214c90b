import { at, type FloatList, grown } from './float-list.ts';

/**
 * The points of a regime in ascending order, and from it the statistic of every split at once.
 *
 * U⁺(t,T) − U⁺(t−1,T) = Σ_{j>t} sgn(x_j − x_t − δ) − Σ_{i<t} sgn(x_t − x_i − δ): when x_t joins the points before the split,
 * its pairs with the later ones begin to count and its pairs with the earlier ones stop. With the earlier ones added to
 * the first sum and taken away again it is Σ_{j≠t} sgn(x_j − x_t − δ), a matter of rank, less
 * Σ_{i<t} sgn(x_i − x_t − δ) + sgn(x_t − x_i − δ), which is −2, −1 or 0 for an x_i less than, exactly or more than δ away. What
 * that adds is the *nearness* of x_t, a number that never changes once x_t has arrived. So one walk in ascending order
 * gives all steps, and their running sums in order of time are the statistics. In U⁻ the nearness has the other
 * sign; with δ = 0 it is 0.
 *
 * Cost: O(T + m log m) to add m points, O(T) to scan; 12 bytes a point, 20 with δ > 0.
 */
export class SortedRegime {
  readonly #threshold: number;
  length = 0;
  /** The points in ascending order. */
  values: Float64Array = new Float64Array(0);
  /** When each of them arrived, from 0. */
  times: Uint32Array = new Uint32Array(0);
  /** By time: twice the earlier points less than δ away, and once those exactly δ away. */
  #nearness: Float64Array = new Float64Array(0);
  /** Room for the later half of a merge. */
  #laterValues: Float64Array = new Float64Array(0);
  #laterTimes: Uint32Array = new Uint32Array(0);

  constructor(threshold: number) {
    this.#threshold = threshold;
  }

  /** Takes the points that `regime`, oldest first, has beyond those already sorted. */
  add(regime: Float64Array): void {
    const sorted = this.length;
    const { length } = regime;
    this.length = length;
    this.values = grown(this.values, length);
    this.times = grown(this.times, length);
    if (this.#threshold > 0) this.#nearness = grown(this.#nearness, length);
    this.#laterValues = grown(this.#laterValues, length - sorted);
    this.#laterTimes = grown(this.#laterTimes, length - sorted);
    for (let time = sorted; time < length; time++) {
      this.values[time] = at(regime, time);
      this.times[time] = time;
    }
    this.#sort(sorted, length);
    this.#merge(0, sorted, length);
  }

  /**
   * Works out the statistics of all splits, in lists made anew: of the split after t points at index t − 1.
   *
   * @param rise - for U⁺
   * @param fall - for U⁻; the same list with δ = 0, where they are the same
   */
  scan(rise: FloatList, fall: FloatList): void {
    this.#scan(rise, 1);
    if (fall !== rise) this.#scan(fall, -1);
  }

  #scan(list: FloatList, sign: 1 | -1): void {
    const { values, times, length } = this;
    list.length = length;
    const statistics = list.view();
    const offset = sign * this.#threshold;
    let less = 0;
    let atMost = 0;
    for (let index = 0; index < length; index++) {
      const value = values[index] as number;
      less = firstAtLeast(values, less, length, value, offset);
      atMost = firstAbove(values, atMost, length, value, offset);
      statistics[times[index] as number] = length - less - atMost;
    }
    let sum = 0;
    for (let time = 0; time < length; time++) {
      sum += statistics[time] as number;
      // With a threshold each point has counted itself once.
      if (offset !== 0) sum += sign * (1 + (this.#nearness[time] as number));
      statistics[time] = sum;
    }
    // After the last point there is no split.
    list.length = Math.max(0, length - 1);
  }

  #sort(from: number, to: number): void {
    if (to - from < 2) return;
    const middle = (from + to) >> 1;
    this.#sort(from, middle);
    this.#sort(middle, to);
    this.#merge(from, middle, to);
  }

  /** Merges two neighbours, each sorted, of which the second arrived later. */
  #merge(from: number, middle: number, to: number): void {
    if (this.#threshold > 0) {
      this.#addNearness(1, from, middle, to);
      this.#addNearness(-1, from, middle, to);
    }
    const { values, times } = this;
    const laterValues = this.#laterValues;
    const laterTimes = this.#laterTimes;
    for (let index = middle; index < to; index++) {
      laterValues[index - middle] = values[index] as number;
      laterTimes[index - middle] = times[index] as number;
    }
    let earlier = middle - 1;
    let place = to - 1;
    for (let later = to - middle - 1; later >= 0; later--, place--) {
      const value = laterValues[later] as number;
      for (; earlier >= from && (values[earlier] as number) > value; earlier--, place--) {
        values[place] = values[earlier] as number;
        times[place] = times[earlier] as number;
      }
      values[place] = value;
      times[place] = laterTimes[later] as number;
    }
  }

  /**
   * Adds, for each point of the second of two neighbours, the points of the first that exceed it by less than ±δ and by at most that;
   * and `2 · from`, which the call with the other sign takes away again.
   */
  #addNearness(sign: 1 | -1, from: number, middle: number, to: number): void {
    const { values, times } = this;
    const nearness = this.#nearness;
    const offset = sign * this.#threshold;
    let less = from;
    let atMost = from;
    for (let later = middle; later < to; later++) {
      const value = values[later] as number;
      less = firstAtLeast(values, less, middle, value, offset);
      atMost = firstAbove(values, atMost, middle, value, offset);
      const time = times[later] as number;
      nearness[time] = (nearness[time] as number) + sign * (less + atMost);
    }
  }
}

/** The first place from `start` on, of ascending values, that is above `value` by at least `offset`; `end` if none is. */
function firstAtLeast(
  values: Float64Array,
  start: number,
  end: number,
  value: number,
  offset: number,
): number {
  let place = start;
  while (place < end && (values[place] as number) - value < offset) place++;
  return place;
}

/** The same for more than `offset`. */
function firstAbove(values: Float64Array, start: number, end: number, value: number, offset: number): number {
  let place = start;
  while (place < end && (values[place] as number) - value <= offset) place++;
  return place;
}
