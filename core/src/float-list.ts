/** A list of doubles that grows by doubling: 8 bytes a value, appended in O(1) on average. */
export class FloatList {
  #values = new Float64Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float64Array(2 * this.#length);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
  }

  /** The values, without a copy: valid until the next push. */
  view(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}
