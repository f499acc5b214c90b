import { plain } from '../../lambda/figures.ts';
import { withoutControls } from '../../lambda/printable.ts';
import { describeReasons } from '../describe-reasons.ts';
import type { DetectionSummary } from './summary.ts';

/** How the file was read, a line each. */
export function readingLines({ readAs, hint }: DetectionSummary): readonly string[] {
  const lines = readAs.map((remark) => `read: ${remark}`);
  return [...lines, ...(hint === undefined ? [] : [`hint: ${hint}`])].map(withoutControls);
}

/** The totals, in one line. @param mostInTable - so many change points the table shows */
export function countsLine(
  {
    rows,
    series,
    found,
    repeated,
    skipped,
    skippedReasons,
    firstBadRow,
    seconds,
    isInterrupted,
  }: DetectionSummary,
  mostInTable: number,
): string {
  const missing = found > mostInTable ? `, the first ${mostInTable} of them above (--json has all)` : '';
  const left =
    skipped === 0
      ? ''
      : `; ${plain.counted(skipped, 'row')} left out (${describeReasons(skippedReasons)}, the first is row ${firstBadRow})`;
  const again = repeated === 0 ? '' : `; ${plain.counted(repeated, 'reading')} repeated, counted once`;
  return `${plain.counted(rows, 'row')}, ${series} series, ${plain.counted(found, 'change point')}${missing}${left}${again}; ${seconds.toFixed(1)} s${isInterrupted === true ? ', interrupted' : ''}`;
}
