/** A reading as a source has it: what of it can be read is for the recorder to say. */
export interface Reading {
  readonly seriesId: string;
  /** ISO 8601 with a zone, or epoch milliseconds. */
  readonly timestamp: string | number;
  readonly value: number | string;
  /** Tells apart equal readings of one moment, where the source has it. */
  readonly eventId?: string;
}

/** A stretch of readings that the data set's authors marked as an event. */
export interface LabelledSpan {
  readonly seriesId: string;
  /** Numbers of the first and the last reading of the series in the stretch, from 0. */
  readonly first: number;
  readonly last: number;
}

/** Readings of one or more series, those of one series in their order. */
export interface Dataset {
  readonly title: string;
  /** Unit of the values, as text to stand behind a number; empty if unknown. */
  readonly unit: string;
  readonly readings: readonly Reading[];
  /** What the authors marked; `undefined` where a data set has no labels. */
  readonly labels?: readonly LabelledSpan[];
  /** A change smaller than this is of no interest, in the unit of the values. */
  readonly practicalThreshold: number;
}
