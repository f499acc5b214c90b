/** Room for this share of more points is made when a list is full. So it takes 16 to 18 bytes a point. */
const growth = 1.125;
const fewest = 8;

/** Values and times in the order of their events: 16 bytes a point, which the garbage collector need not look into. */
export class PointList {
  /** Value, time, value, time … */
  #data = new Float64Array(0);
  #first = 0;
  #end = 0;

  get length(): number {
    return (this.#end - this.#first) / 2;
  }

  valueAt(index: number): number {
    return this.#data[this.#first + 2 * index] ?? Number.NaN;
  }

  /** Epoch milliseconds. */
  timeAt(index: number): number {
    return this.#data[this.#first + 2 * index + 1] ?? Number.NaN;
  }

  push(value: number, time: number): void {
    if (this.#end === this.#data.length) this.#resize(Math.max(fewest, Math.ceil(this.length * growth)));
    this.#data[this.#end++] = value;
    this.#data[this.#end++] = time;
  }

  /** Makes room for points that are about to come. */
  reserve(points: number): void {
    const needed = this.length + points;
    if (2 * needed > this.#data.length - this.#first) this.#resize(needed);
  }

  /** Forgets the oldest points. */
  dropFront(count: number): void {
    this.#first += 2 * count;
    this.#resize(this.length);
  }

  /** Index of the first point that is not before this time, or that is after it. Times must not run backwards. Cost: O(log n) */
  indexAt(time: number, side: 'not before' | 'after'): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = this.timeAt(middle);
      if (at < time || (at === time && side === 'after')) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The values from one index up to another one, which is not included. */
  values(from: number, to: number): number[] {
    return Array.from({ length: to - from }, (_, index) => this.valueAt(from + index));
  }

  #resize(points: number): void {
    const data = new Float64Array(2 * Math.max(points, this.length));
    data.set(this.#data.subarray(this.#first, this.#end));
    this.#end -= this.#first;
    this.#first = 0;
    this.#data = data;
  }
}
