import type { Thinner } from '../report/thin.ts';
import type { FoundChange } from './series.ts';

/** What is known of a series. */
export interface CollectedSeries {
  /** Empty where the file has no column of series. */
  readonly name: string;
  /** Absent beyond the series for which there is room. */
  readonly points?: Thinner;
  readonly changes: readonly CollectedChange[];
  readonly readings: number;
  /** x of the earliest and the latest reading. */
  readonly from: number;
  readonly to: number;
  /** The level at its end; absent if a change was detected at the last reading. */
  readonly level?: { readonly median: number; readonly mean: number };
}

export interface CollectedChange {
  readonly change: FoundChange;
  /** Of the reading at which it was detected. */
  readonly value: number;
  /** What its p-value is below. */
  readonly level: number;
}
