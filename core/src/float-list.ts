/** Few values need little room; from there a list grows to so many at once, since growing by halves would copy them four times. */
const fewGrowTo = 64;

/** A list of doubles that grows by halves: 8 to 12 bytes a value, appended in O(1) on average. */
export class FloatList {
  #values: Float64Array = new Float64Array(16);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Cuts the list, or makes room for more values, which are not set. */
  set length(length: number) {
    if (length > this.#values.length) this.#values = grown(this.#values, Math.max(length, fewGrowTo));
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

/** The value at an index inside the list, as the compiler cannot know. Of one kind of list alone, so that it costs nothing. */
export function at(list: Float64Array, index: number): number {
  return list[index] as number;
}

/** The list itself if it has room for `length` numbers, else a copy at least half as long again. */
export function grown<List extends Float64Array | Int32Array | Uint32Array>(
  list: List,
  length: number,
): List {
  if (length <= list.length) return list;
  const Longer = list.constructor as new (length: number) => List;
  const longer = new Longer(Math.max(length, list.length + (list.length >> 1)));
  longer.set(list);
  return longer;
}
