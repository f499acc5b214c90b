import type { Point } from '../wire.ts';

/** The readings of the opened series, in the order of time. */
export interface Readings {
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** @returns whether all of them were later than the readings before */
  add(points: readonly Point[]): boolean;
}

export function readingsOf(points: readonly Point[]): Readings {
  const times = points.map(([time]) => time);
  const values = points.map(([, value]) => value);
  return {
    times,
    values,
    add(more) {
      let inOrder = true;
      for (const [time, value] of more) {
        let place = times.length;
        while (place > 0 && (times[place - 1] as number) > time) place--;
        inOrder &&= place === times.length;
        times.splice(place, 0, time);
        values.splice(place, 0, value);
      }
      return inOrder;
    },
  };
}

const mostForLevel = 1_000;

/** Largest value less the smallest; 0 without values. */
export function rangeOf({ values }: Readings): number {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  return values.length === 0 ? 0 : highest - lowest;
}

/** Median of the newest values since a time, or their mean; `undefined` if there are none. */
export function levelSince(
  { times, values }: Readings,
  since: number,
  by: 'median' | 'mean' = 'median',
): number | undefined {
  const sorted = values.slice(Math.max(firstFrom(times, since), values.length - mostForLevel));
  if (by === 'mean' && sorted.length > 0)
    return sorted.reduce((sum, value) => sum + value / sorted.length, 0);
  sorted.sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  const lower = sorted[sorted.length % 2 === 1 ? middle : middle - 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

/** Index of the first time at or after `since`. */
export function firstFrom(times: readonly number[], since: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < since) low = middle + 1;
    else high = middle;
  }
  return low;
}
