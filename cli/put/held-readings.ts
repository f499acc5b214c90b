import { sortAll } from '../input/sort-all.ts';
import type { TimedReading } from './given-times.ts';

/** A reading, with the name of its series. */
export interface SeriesReading {
  readonly series: string;
  readonly reading: TimedReading;
}

/** Readings of several series, held until all are there. */
export interface HeldReadings {
  add(series: string, reading: TimedReading): void;
  /** All of them together, in the order of time. */
  inOrder(): Generator<SeriesReading>;
}

/** Memory: 40 bytes a reading. */
export function heldReadings(): HeldReadings {
  const all = sortAll(false);
  const numbers = new Map<string, number>();
  return {
    add(series, reading) {
      const number = numbers.get(series) ?? numbers.size;
      numbers.set(series, number);
      all.add(number, reading);
    },
    *inOrder() {
      const names = [...numbers.keys()];
      for (const { series: number, entry } of all.inOrder()) {
        const [series, time] = [names[number], entry.time];
        if (series !== undefined && time !== undefined) yield { series, reading: { ...entry, time } };
      }
    },
  };
}
