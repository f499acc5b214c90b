import type { ReadingTime } from '../input/reading-time.ts';

/** Times of the readings of one file, by index. Memory: 8 bytes each; 16 where some have nanoseconds. */
export class TimeList {
  /** NaN where a reading has no time. */
  #ms: number[] = [];
  #ns: number[] = [];
  /** The same for all times of a file. */
  #isCalendar = false;

  push(time: ReadingTime | undefined): void {
    this.#ms.push(time?.ms ?? Number.NaN);
    if (time === undefined) return;
    this.#isCalendar = time.isCalendar;
    if (time.ns === 0 && this.#ns.length === 0) return;
    while (this.#ns.length < this.#ms.length - 1) this.#ns.push(0);
    this.#ns.push(time.ns);
  }

  /** @returns `undefined` where there is no time */
  at(index: number): ReadingTime | undefined {
    const ms = this.#ms[index] ?? Number.NaN;
    return Number.isNaN(ms) ? undefined : { ms, ns: this.#ns[index] ?? 0, isCalendar: this.#isCalendar };
  }

  /** Forgets the first ones. */
  drop(count: number): void {
    this.#ms = this.#ms.slice(count);
    this.#ns = this.#ns.slice(count);
  }
}
