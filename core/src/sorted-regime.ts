import { at, type FloatList, grown } from './float-list.ts';
import { SplitStatistics } from './split-statistics.ts';
import { Offset, sureOf } from './threshold/offset.ts';
import { addCounts, Walk } from './threshold/walk.ts';

/** So few points are sorted one by one. */
const mostInserted = 24;
/** Merging a small piece with a large one costs the least where comparisons are hard to predict: for points of the piece alone. */
const pieces = 16;

/**
 * The points of a regime in ascending order. They give the statistics of all splits at once.
 *
 * **One step.** When x_t joins the points before the split, its pairs with later points begin to count and its pairs with earlier
 * points stop: U⁺(t,T) − U⁺(t−1,T) = Σ_{j>t} sgn(x_j − x_t − δ) − Σ_{i<t} sgn(x_t − x_i − δ).
 *
 * **Rank and nearness.** Extend the first sum to the earlier points, and subtract what they add. The first part is then
 * Σ_{j≠t} sgn(x_j − x_t − δ), which follows from the rank of x_t. The second part is Σ_{i<t} sgn(x_i − x_t − δ) + sgn(x_t − x_i − δ),
 * where an x_i counts −2 if it is less than δ away, −1 if exactly δ, and 0 if more. The sum without its sign is the *nearness* of
 * x_t. It depends on earlier points alone, so it never changes.
 *
 * **All steps.** One walk in ascending order gives the ranks, hence all steps. Their running sums in order of time are the
 * statistics. In U⁻ the nearness has the other sign. With δ = 0 it is 0.
 *
 * Cost: O(T + m log m) to add m points, O(T) to scan; 12 bytes a point, 20 with δ > 0.
 */
export class SortedRegime {
  readonly #threshold: number;
  readonly #offset: Offset;
  /** −δ. */
  readonly #opposite: Offset;
  length = 0;
  /** The points in ascending order. */
  values: Float64Array = new Float64Array(0);
  /** When each of them arrived, from 0. */
  times: Uint32Array = new Uint32Array(0);
  /** The nearness of each point, by time: two for each earlier point less than δ away, one for each exactly δ away. */
  #nearness: Float64Array = new Float64Array(0);
  /** Its sum. */
  near = 0;
  /** Room for the later half of a merge. */
  #laterValues: Float64Array = new Float64Array(0);
  #laterTimes: Uint32Array = new Uint32Array(0);

  constructor(threshold: number) {
    this.#threshold = threshold;
    this.#offset = new Offset(threshold);
    this.#opposite = new Offset(-threshold);
  }

  /** Adds the points of `regime`, oldest first, that are not sorted yet. */
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

  /** Works out the statistics of all splits. What is in the lists is overwritten. */
  scan({ rise, fall }: SplitStatistics): void {
    this.#scan(rise, 1);
    if (fall !== rise) this.#scan(fall, -1);
  }

  #scan(list: FloatList, sign: 1 | -1): void {
    const { values, times, length } = this;
    list.length = length;
    const statistics = list.view();
    if (this.#threshold > 0) {
      // With a threshold each point counts itself once.
      for (let time = 0; time < length; time++)
        statistics[time] = length + sign * (1 + (this.#nearness[time] as number));
      // Of other points above this one, not of this one above them.
      const offset = sign > 0 ? this.#opposite : this.#offset;
      addCounts(new Walk(values, 0, length, offset), values, 0, length, statistics, times, -1);
    } else {
      // Equal values lie above `first` points, and at or above `end`.
      for (let first = 0, end = 0; first < length; first = end) {
        while (end < length && values[end] === values[first]) end++;
        for (let index = first; index < end; index++)
          statistics[times[index] as number] = length - first - end;
      }
    }
    let sum = 0;
    for (let time = 0; time < length; time++) {
      sum += statistics[time] as number;
      statistics[time] = sum;
    }
    // After the last point there is no split.
    list.length = Math.max(0, length - 1);
  }

  /** Sorts pieces of points and merges each with all before it. */
  #sort(from: number, to: number): void {
    if (to - from <= mostInserted) {
      for (let place = from + 1; place < to; place++) this.#insert(from, place);
      return;
    }
    const size = Math.max(mostInserted, Math.ceil((to - from) / pieces));
    for (let start = from; start < to; start += size) {
      const end = Math.min(start + size, to);
      this.#sort(start, end);
      this.#merge(from, start, end);
    }
  }

  /** Puts a point in its place among those from `from` on, which arrived before it. */
  #insert(from: number, later: number): void {
    const { values, times } = this;
    const value = values[later] as number;
    const time = times[later] as number;
    if (this.#threshold > 0) {
      const nearness = this.#nearnessTo(value, from, later);
      this.#nearness[time] = nearness;
      this.near += nearness;
    }
    let place = later;
    for (; place > from && (values[place - 1] as number) > value; place--) {
      values[place] = values[place - 1] as number;
      times[place] = times[place - 1] as number;
    }
    values[place] = value;
    times[place] = time;
  }

  /** Comparisons are added as numbers: a branch would often be predicted wrongly. */
  #nearnessTo(value: number, from: number, to: number): number {
    const { values } = this;
    const reach = this.#offset.reach(value);
    const sure = sureOf(reach);
    let nearness = 0;
    for (let place = from; place < to; place++) {
      const other = values[place] as number;
      const short = this.#threshold - Math.abs(value - other);
      const size = Math.abs(short);
      const isDoubtful = Number(size > sure) > Number(size > 2 * reach);
      nearness += isDoubtful
        ? this.#opposite.signNear(other, value) - this.#offset.signNear(other, value)
        : Number(short > sure) + Number(short >= -sure);
    }
    return nearness;
  }

  /** Merges two neighbours, each sorted, of which the second arrived later. */
  #merge(from: number, middle: number, to: number): void {
    const { values, times } = this;
    if (this.#threshold > 0) {
      const high = new Walk(values, from, middle, this.#opposite);
      const low = new Walk(values, from, middle, this.#offset);
      this.near += addCounts(high, values, middle, to, this.#nearness, times, 1, low);
    }
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
}

/** The statistics of every split of some points, and the points in ascending order. */
export function allSplits(values: Float64Array, threshold: number) {
  const regime = new SortedRegime(threshold);
  regime.add(values);
  const statistics = new SplitStatistics(threshold);
  regime.scan(statistics);
  return { sorted: regime.values.subarray(0, values.length), statistics };
}
