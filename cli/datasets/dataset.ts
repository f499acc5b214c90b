/** A reading as its source has it. The recorder decides whether it is valid. */
export interface Reading {
  readonly seriesId: string;
  /** ISO 8601 with a zone, or epoch milliseconds. */
  readonly timestamp: string | number;
  readonly value: number | string;
  /** Distinguishes equal readings of one moment, if the source has it. */
  readonly eventId?: string;
}

/** A stretch of readings that the data set's authors marked as an event. */
export interface LabelledSpan {
  readonly seriesId: string;
  /** Numbers of the first and the last reading of the stretch, from 0 in the series. */
  readonly first: number;
  readonly last: number;
}

/** Readings of one or more series. Those of one series are in the order of time. */
export interface Dataset {
  readonly title: string;
  /** Unit of the values, as it follows a number; empty if unknown. */
  readonly unit: string;
  readonly readings: readonly Reading[];
  /** What the authors marked; `undefined` if the data set has no labels. */
  readonly labels?: readonly LabelledSpan[];
  /** Smaller changes are of no interest; in the unit of the values. */
  readonly practicalThreshold: number;
}
