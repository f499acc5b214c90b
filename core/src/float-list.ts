import { grown } from './grown.ts';

/** A list of doubles that grows by doubling: 8 bytes a value, appended in O(1) on average. */
export class FloatList {
  #values: Float64Array = new Float64Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Cuts the list or makes room for more values, which are not set. */
  set length(length: number) {
    this.#values = grown(this.#values, length);
    this.#length = length;
  }

  push(value: number): void {
    this.length++;
    this.#values[this.#length - 1] = value;
  }

  /** The values, without a copy: valid until the list grows. */
  view(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}
