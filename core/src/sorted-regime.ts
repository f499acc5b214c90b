import { grown } from './grown.ts';

const noFloats = new Float64Array(0);
const noTimes = new Uint32Array(0);

/**
 * The points of a regime in ascending order, and from it the statistic of every split at once.
 *
 * U⁺(t,T) − U⁺(t−1,T) = Σ_{j>t} sgn(x_j − x_t − δ) − Σ_{i<t} sgn(x_t − x_i − δ): when t joins the points before the split,
 * its pairs with the later ones begin to count and its pairs with the earlier ones stop. Adding and taking away the
 * earlier ones in the first sum leaves Σ_{j≠t} sgn(x_j − x_t − δ), which is a matter of ranks, plus what sgn(x_i − x_t − δ) +
 * sgn(x_t − x_i − δ) = −2, −1 or 0 (distance below, at, above δ) sums to over the earlier points: a number that never changes
 * once x_t has arrived, its `nearness`. So one walk in ascending order gives all steps and one in order of time all
 * statistics. For U⁻ the nearness has the other sign; with δ = 0 it is 0.
 *
 * Cost: O(T + m log m) to add m points and scan, 16 bytes a point, 24 with δ > 0.
 */
export class SortedRegime {
  readonly #threshold: number;
  /** The points in ascending order. */
  values: Float64Array = noFloats;
  /** When each of them arrived, from 0. */
  times: Uint32Array = noTimes;
  length = 0;
  /** Of each point, by time: twice the earlier points less than δ away, and once those exactly δ away. */
  #nearness: Float64Array = noFloats;
  /** Room for the later half of a merge. */
  #laterValues: Float64Array = noFloats;
  #laterTimes: Uint32Array = noTimes;

  constructor(threshold: number) {
    this.#threshold = threshold;
  }

  /** Takes the points that `regime` has beyond those already sorted. */
  add(regime: Float64Array): void {
    const sorted = this.length;
    this.values = grown(this.values, regime.length);
    this.times = grown(this.times, regime.length);
    if (this.#threshold > 0) this.#nearness = grown(this.#nearness, regime.length);
    for (let time = sorted; time < regime.length; time++) {
      this.values[time] = regime[time] as number;
      this.times[time] = time;
    }
    this.length = regime.length;
    this.#laterValues = grown(this.#laterValues, regime.length - sorted);
    this.#laterTimes = grown(this.#laterTimes, regime.length - sorted);
    this.#sort(sorted, regime.length);
    this.#merge(0, sorted, regime.length);
  }

  /** Writes U⁺(t,T) to `rise` and U⁻(t,T) to `fall`, at index t − 1; with δ = 0 they may be one list. */
  scan(rise: Float64Array, fall: Float64Array): void {
    if (this.#threshold === 0) this.#writeRanks(rise);
    else this.#writeSteps(rise, fall);
    addUp(rise, this.length);
    if (fall !== rise) addUp(fall, this.length);
  }

  /** By time: points above less points below. */
  #writeRanks(steps: Float64Array): void {
    const { values, times, length } = this;
    let first = 0;
    for (let end = 1; end <= length; end++) {
      if (end < length && values[end] === values[first]) continue;
      const step = length - end - first;
      for (; first < end; first++) steps[times[first] as number] = step;
    }
  }

  #writeSteps(rise: Float64Array, fall: Float64Array): void {
    const { values, times, length } = this;
    const threshold = this.#threshold;
    let lower = 0;
    let notHigher = 0;
    let near = 0;
    let notFar = 0;
    for (let index = 0; index < length; index++) {
      const value = values[index] as number;
      while ((values[lower] as number) - value < -threshold) lower++;
      while ((values[notHigher] as number) - value <= -threshold) notHigher++;
      while (near < length && (values[near] as number) - value < threshold) near++;
      while (notFar < length && (values[notFar] as number) - value <= threshold) notFar++;
      const time = times[index] as number;
      const nearness = this.#nearness[time] as number;
      // The point itself is among the near ones: without it there is one less.
      rise[time] = length - notFar - (near - 1) + nearness;
      fall[time] = length - notHigher - 1 - lower - nearness;
    }
  }

  #sort(from: number, to: number): void {
    if (to - from < 2) return;
    const middle = (from + to) >> 1;
    this.#sort(from, middle);
    this.#sort(middle, to);
    this.#merge(from, middle, to);
  }

  /** Merges two sorted neighbours, of which the second has arrived later. */
  #merge(from: number, middle: number, to: number): void {
    if (this.#threshold > 0) this.#addNearness(from, middle, to);
    const { values, times } = this;
    const laterValues = this.#laterValues;
    const laterTimes = this.#laterTimes;
    for (let later = middle; later < to; later++) {
      laterValues[later - middle] = values[later] as number;
      laterTimes[later - middle] = times[later] as number;
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

  /** Counts the near points among the earlier neighbours of the later ones. */
  #addNearness(from: number, middle: number, to: number): void {
    const { values, times } = this;
    const threshold = this.#threshold;
    let below = from;
    let notAbove = from;
    let near = from;
    let notFar = from;
    for (let later = middle; later < to; later++) {
      const value = values[later] as number;
      while (below < middle && value - (values[below] as number) > threshold) below++;
      while (notAbove < middle && value - (values[notAbove] as number) >= threshold) notAbove++;
      while (near < middle && value - (values[near] as number) > -threshold) near++;
      while (notFar < middle && value - (values[notFar] as number) >= -threshold) notFar++;
      const time = times[later] as number;
      this.#nearness[time] = (this.#nearness[time] as number) + near + notFar - below - notAbove;
    }
  }
}

/** Turns the first numbers of a list into their running sums. */
function addUp(steps: Float64Array, length: number): void {
  let sum = 0;
  for (let index = 0; index < length; index++) {
    sum += steps[index] as number;
    steps[index] = sum;
  }
}
