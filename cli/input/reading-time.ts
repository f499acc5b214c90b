import { isoInstant } from '../../lambda/reading/instant.ts';

/** When a reading was taken. */
export interface ReadingTime {
  /** Epoch milliseconds; or, if the file's times are no dates, its number. */
  readonly ms: number;
  /** Nanoseconds after that millisecond. */
  readonly ns: number;
  readonly isCalendar: boolean;
}

/** ISO 8601 in UTC, or the number of a time that is no date. */
export function timeText(time: ReadingTime): string {
  return time.isCalendar ? isoInstant(time) : String(time.ms);
}

/** Negative where `a` is before `b`. */
export function compareTimes(a: ReadingTime, b: ReadingTime): number {
  return a.ms - b.ms || a.ns - b.ns;
}

/** Epoch milliseconds; `undefined` for a number that is no date, which tells no interval and no place in a season. */
export function epochMs(time: ReadingTime | undefined): number | undefined {
  return time?.isCalendar === true ? time.ms : undefined;
}
