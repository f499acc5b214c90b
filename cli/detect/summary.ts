import type { FileFindings } from './file-series.ts';
import type { SeriesRead } from './read-series.ts';

/** The totals of a file of readings. */
export interface DetectionSummary {
  readonly input: string;
  readonly rows: number;
  readonly series: number;
  readonly found: number;
  /** Rows without a reading; where several columns are read, cells. */
  readonly skipped: number;
  readonly skippedReasons: Readonly<Record<string, number>>;
  readonly firstBadRow?: number;
  /** Readings with the series, time and value (or id) of another one, which count once. */
  readonly repeated: number;
  /** Rows that stood after newer ones, and were sorted. */
  readonly sorted: number;
  /** How the file was read, where it could be read otherwise. */
  readonly readAs: readonly string[];
  /** What else the file may mean. */
  readonly hint?: string;
  /** Readings in the longest series. */
  readonly longest: number;
  readonly seconds: number;
  /** Whether Ctrl-C ended it: there may be more in the input. */
  readonly isInterrupted?: true;
  /** What the times among the options came to in readings: a line each. */
  readonly times?: readonly string[];
  /** The series whose readings resemble their neighbours most, where the test asks for that. */
  readonly dependence?: FileFindings['dependence'];
  /** What a reader should know before believing the change points. */
  readonly note?: string;
  /** That there is a season, where the options do not take it into account. */
  readonly seasonNote?: string;
}

/** The totals of an input that was read. */
export function detectionSummary(
  input: string,
  { read, findings }: SeriesRead,
  run: { readonly found: number; readonly seconds: number; readonly isInterrupted: boolean },
): DetectionSummary {
  const { rows, skipped, skippedReasons, repeated, sorted, firstBad, notes, hint } = read;
  const { series, longest, times, dependence, note, seasonNote } = findings;
  return {
    input,
    rows,
    series,
    found: run.found,
    skipped,
    skippedReasons,
    ...(firstBad !== undefined && { firstBadRow: firstBad.row }),
    repeated,
    sorted,
    longest: longest?.tested ?? 0,
    seconds: run.seconds,
    ...(run.isInterrupted && { isInterrupted: true }),
    readAs: notes,
    ...(hint !== undefined && { hint }),
    ...(times.length > 0 && { times }),
    ...(dependence !== undefined && { dependence }),
    ...(note !== undefined && { note }),
    ...(seasonNote !== undefined && { seasonNote }),
  };
}
