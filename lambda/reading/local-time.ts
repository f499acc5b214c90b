/** A date and a time of day as a text has them, with or without a zone. */
export interface LocalTime {
  /** Epoch milliseconds of the same date and time in UTC. */
  readonly ms: number;
  /** Nanoseconds after that millisecond, from 0 to 999,999. */
  readonly ns: number;
  /** Milliseconds by which the clock is ahead of UTC; `undefined` if the text has no zone. */
  readonly offset: number | undefined;
}
