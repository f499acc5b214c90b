import { isoTime } from '../../../lambda/reading/iso-time.ts';

/** Finds the first row of a file that is not in the order of time. */
export interface TimeOrder {
  /** Takes a row. @returns what is wrong with its time; `undefined` if nothing is */
  next(series: string, time: string): 'is none' | 'is earlier' | undefined;
}

/** Checks that the rows of each series are in the order of time. Several may have the same. */
export function timeOrder(): TimeOrder {
  const last = new Map<string, number>();
  return {
    next(series, text) {
      const time = timeOf(text);
      if (time === undefined) return 'is none';
      const before = last.get(series);
      last.set(series, time);
      return before !== undefined && time < before ? 'is earlier' : undefined;
    },
  };
}

const nsInMs = 1e6;

/**
 * A time as a number to compare: of ISO 8601 the epoch milliseconds, without a zone as if in UTC; of a number, such as an epoch time, that number.
 * `undefined` if the text is neither.
 */
function timeOf(text: string): number | undefined {
  // Digits alone would also be a date of ISO 8601. As a number they sort the same.
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  const time = isoTime(text);
  return time && time.ms - (time.offset ?? 0) + time.ns / nsInMs;
}
