import { noise } from './schedule.ts';

/** An event of a series: its number, and its value. */
export interface Reading {
  readonly number: number;
  readonly value: number;
}

/** How far a corrected value lies from the one before. */
const correction = 5;

/** The values of events of another level, to be put after all others of a series. */
export const probe: readonly number[] = Array.from({ length: 12 }, (_, at) => 1000 + noise(at));

/** The series with late and corrected events, as its producer puts it. */
export class LateSeries {
  /** The last value of each event, in the order in which they were first put. */
  readonly #put = new Map<number, number>();
  #heldBack: Reading | undefined;

  /** The events that were put, by the order of their keys; and the order in which they were first put, as numbers. */
  get produced(): { readonly values: readonly number[]; readonly order: readonly number[] } {
    const inOrder = [...this.#put].sort(([a], [b]) => a - b);
    return { values: inOrder.map(([, value]) => value), order: [...this.#put.keys()] };
  }

  /**
   * What a record holds in place of the next events: the last of them waits for the next record, and an earlier event may come once more,
   * with another value.
   *
   * @param corrects - which one, as a share of those that were put, in the order of their keys
   */
  next(readings: readonly Reading[], corrects: number | undefined): readonly Reading[] {
    const own = readings.slice(0, -1);
    if (readings.length > 0 && this.#heldBack !== undefined) own.push(this.#heldBack);
    this.#heldBack = readings.at(-1) ?? this.#heldBack;
    if (corrects !== undefined) own.push(...this.#corrected(corrects));
    return this.#noted(own);
  }

  /** The newest event, with another value. */
  correction(): readonly Reading[] {
    return this.#noted(this.#corrected(1));
  }

  /** What is still held back. */
  rest(): readonly Reading[] {
    const rest = this.#heldBack === undefined ? [] : [this.#heldBack];
    this.#heldBack = undefined;
    return this.#noted(rest);
  }

  /** The probe, when all others are put. */
  probe(): readonly Reading[] {
    const from = this.#put.size;
    return this.#noted(probe.map((value, at) => ({ number: from + at, value })));
  }

  #corrected(share: number): readonly Reading[] {
    const numbers = [...this.#put.keys()].sort((a, b) => a - b);
    const number = numbers[Math.floor(share * (numbers.length - 1))];
    if (number === undefined) return [];
    return [{ number, value: (this.#put.get(number) ?? 0) + correction }];
  }

  #noted(readings: readonly Reading[]): readonly Reading[] {
    for (const { number, value } of readings) this.#put.set(number, value);
    return readings;
  }
}
