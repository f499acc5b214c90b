import { plain } from '../../lambda/figures.ts';
import { printable } from '../../lambda/printable.ts';
import { describeReasons } from '../describe-reasons.ts';
import type { FileFindings } from './file-series.ts';

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
  /** What the times among the options came to in readings: a line each. */
  readonly times?: readonly string[];
  /** The series whose readings resemble their neighbours most, where the test asks for that. */
  readonly dependence?: FileFindings['dependence'];
  /** What a reader should know before believing the change points. */
  readonly note?: string;
  /** That there is a season, where the options do not mind it. */
  readonly seasonNote?: string;
}

/** How the file was read, a line each. */
export function readingLines({ readAs, hint }: DetectionSummary): readonly string[] {
  const lines = readAs.map((remark) => `read: ${remark}`);
  return [...lines, ...(hint === undefined ? [] : [`hint: ${hint}`])].map(printable);
}

/** The totals, in one line. @param mostInTable - so many change points the table shows */
export function countsLine(
  { rows, series, found, repeated, skipped, skippedReasons, firstBadRow, seconds }: DetectionSummary,
  mostInTable: number,
): string {
  const missing = found > mostInTable ? `, the first ${mostInTable} of them above (--json has all)` : '';
  const left =
    skipped === 0
      ? ''
      : `; ${plain.counted(skipped, 'row')} left out (${describeReasons(skippedReasons)}, the first is row ${firstBadRow})`;
  const again = repeated === 0 ? '' : `; ${plain.counted(repeated, 'reading')} repeated, which count once`;
  return `${plain.counted(rows, 'row')}, ${series} series, ${plain.counted(found, 'change point')}${missing}${left}${again}; ${seconds.toFixed(1)} s`;
}
