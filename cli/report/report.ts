import type { MarkKind } from './mark-styles.ts';

/** What a report shows. All texts and positions are final. */
export interface Report {
  readonly title: string;
  /** Sentences below the title. */
  readonly notes: readonly string[];
  /** What was read and tested, and how. */
  readonly facts?: readonly Fact[];
  /** Epoch milliseconds, or numbers of readings. */
  readonly xIs: 'time' | 'reading';
  /** Of the values; empty if unknown. */
  readonly unit: string;
  /** What the columns of the tables mean, for what shows tables. */
  readonly columns?: readonly string[];
  /** Every series in a row, for reports of several. */
  readonly summary?: SummaryTable;
  readonly series: readonly ReportSeries[];
  /** Number of further series, of which there is no plot. */
  readonly further?: number;
}

export interface Fact {
  readonly name: string;
  readonly text: string;
}

export interface ReportSeries {
  /** Untrusted text. */
  readonly name: string;
  readonly points: Points;
  /** Levels before and after changes, and the last one, dashed. */
  readonly levels: readonly LevelLine[];
  /** Where each change may be, shaded. */
  readonly intervals: readonly Span[];
  /** From each change until its detection, shaded. */
  readonly delays: readonly Span[];
  /** Stretches that somebody marked, shaded. */
  readonly windows?: readonly Span[];
  readonly marks: readonly Mark[];
  /** What the plot shows, for screen readers. */
  readonly description: string;
  readonly tables: readonly ReportTable[];
}

/** The readings to draw, in the order of x. A gap is a point without y. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface LevelLine extends Span {
  readonly value: number;
}

/** A reading that stands out. */
export interface Mark {
  readonly kind: MarkKind;
  readonly x: number;
  readonly y: number;
}

export interface ReportTable {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A table that the page sorts by any of its columns. */
export interface SummaryTable {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly SummaryRow[];
}

export interface SummaryRow {
  /** Index of its series among those that are drawn; absent if it is not. */
  readonly drawn?: number;
  readonly cells: readonly SummaryCell[];
}

export interface SummaryCell {
  /** Untrusted text. */
  readonly text: string;
  /** What it is sorted by, if not by its text; `null` stands last. */
  readonly value?: number | null;
}
