import { Certificate } from './certificate.ts';
import type { Direction } from './change-point.ts';
import { type Maximum, maximum, mostEvidentSplit } from './evidence.ts';
import { FloatList } from './float-list.ts';
import { grown } from './grown.ts';
import { addPrefixSums } from './mpp-recursion.ts';
import { SortedRegime } from './sorted-regime.ts';

/** A rebuild from the sorted regime costs about as much as this many steps of the recursion. */
const stepsOfRebuild = 12;

/**
 * The statistics of the MPP test for a growing regime: what MppRecursion says, worked out only where it could matter.
 *
 * While a certificate proves that a point cannot be significant, the point just waits. Else the exact statistics are
 * brought up to date: by steps of the recursion if few points wait, else from the sorted regime.
 * Cost: about O(T^¼) a point without a change, O(T) at most; 40 bytes a point, 64 with δ > 0.
 */
export class LazyMpp {
  readonly #threshold: number;
  readonly #values = new FloatList();
  readonly #certificate: Certificate;
  readonly #sorted: SortedRegime;
  /** U⁺ and U⁻ of the first #exact points, at index t − 1; one list with δ = 0. */
  #rise = new Float64Array(64);
  #fall: Float64Array;
  #exact = 0;
  /** Steps of the recursion since the last rebuild. */
  #steps = 0;
  #isCertified = true;

  constructor(threshold: number, alpha: number, values: Iterable<number> = []) {
    this.#threshold = threshold;
    this.#certificate = new Certificate(threshold, alpha);
    this.#sorted = new SortedRegime(threshold);
    this.#fall = threshold === 0 ? this.#rise : new Float64Array(64);
    for (const value of values) this.push(value);
  }

  get length(): number {
    return this.#values.length;
  }

  /** The regime, without a copy: valid until the next push. */
  get values(): Float64Array {
    return this.#values.view();
  }

  /** Adds x_T. */
  push(value: number): void {
    this.#isCertified = this.#certificate.admit(value);
    this.#values.push(value);
  }

  /** K, and the first time and the direction that reach it; `undefined` if it is known not to be significant. */
  maximum(): Maximum | undefined {
    if (this.#isCertified) return undefined;
    this.#catchUp();
    const count = this.length - 1;
    const rise = this.#rise.subarray(0, count);
    const fall = this.#fall.subarray(0, count);
    this.#certificate.restart(rise, fall);
    return maximum(rise, fall);
  }

  /** The most evident split in one direction, whose statistic must be positive. */
  mostEvidentSplit(direction: Direction): number {
    this.#catchUp();
    return mostEvidentSplit(
      (direction === 'up' ? this.#rise : this.#fall).subarray(0, this.length - 1),
      direction,
    );
  }

  #catchUp(): void {
    const values = this.values;
    const { length } = values;
    const isOne = this.#fall === this.#rise;
    this.#rise = grown(this.#rise, length);
    this.#fall = isOne ? this.#rise : grown(this.#fall, length);
    this.#steps += length - this.#exact;
    if (this.#steps > stepsOfRebuild && length > 128) {
      this.#sorted.add(values);
      this.#sorted.scan(this.#rise, this.#fall);
      this.#certificate.rebuild(this.#sorted);
      this.#steps = 0;
    } else {
      for (let index = this.#exact; index < length; index++) {
        const value = values[index] as number;
        const earlier = values.subarray(0, index);
        if (index > 0) this.#rise[index - 1] = 0;
        addPrefixSums(this.#rise, earlier, value, this.#threshold);
        if (isOne) continue;
        if (index > 0) this.#fall[index - 1] = 0;
        addPrefixSums(this.#fall, earlier, value, -this.#threshold);
      }
    }
    this.#exact = length;
  }
}
