/** What a report shows. All texts and positions are final. */
export interface Report {
  readonly title: string;
  /** Sentences below the title. */
  readonly notes: readonly string[];
  /** Epoch milliseconds, or numbers of readings. */
  readonly xIs: 'time' | 'reading';
  /** Of the values; empty if unknown. */
  readonly unit: string;
  readonly series: readonly ReportSeries[];
}

export interface ReportSeries {
  /** Untrusted text. */
  readonly name: string;
  readonly points: Points;
  /** Levels before and after changes, dashed. */
  readonly levels: readonly LevelLine[];
  /** Where each change may be, shaded. */
  readonly intervals: readonly Span[];
  /** From each change until its detection, shaded. */
  readonly delays: readonly Span[];
  readonly marks: readonly Mark[];
  /** What the plot shows, for screen readers. */
  readonly description: string;
  readonly tables: readonly ReportTable[];
}

/** The readings to draw, in the order of x. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
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

/** What the legend explains: marks, and the intervals. */
export type MarkKind = 'true' | 'marked' | 'decided' | 'interval' | 'known' | 'restart' | 'service';

/** The look of each mark, for the legend, the page and the picture. */
export const markStyles: Readonly<Record<MarkKind, MarkStyle>> = {
  true: { colour: '#1f77b4', shape: 'triangle', legend: 'the generator changed the level' },
  marked: { colour: '#1f77b4', shape: 'triangle', legend: 'marked by an annotator' },
  decided: { colour: '#d62728', shape: 'line', legend: 'first reading of a new level' },
  interval: { colour: '#e69f00', shape: 'span', legend: 'where it may be, 95 %' },
  known: { colour: '#d62728', shape: 'triangle', legend: 'AED detected it' },
  restart: { colour: '#17becf', shape: 'dot', legend: 'generation restarted' },
  service: { colour: '#9467bd', shape: 'ring', legend: 'service detected it' },
};

export interface MarkStyle {
  readonly colour: string;
  readonly shape: 'triangle' | 'line' | 'span' | 'dot' | 'ring';
  readonly legend: string;
}

/** The kinds that a report has, in the order of the legend. */
export function kindsIn(report: Report): readonly MarkKind[] {
  const there = new Set(report.series.flatMap(({ marks }) => marks.map(({ kind }) => kind)));
  if (report.series.some(({ intervals }) => intervals.length > 0)) there.add('interval');
  return (Object.keys(markStyles) as MarkKind[]).filter((kind) => there.has(kind));
}
