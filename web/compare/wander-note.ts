import { plain } from '../../lambda/figures.ts';
import type { Wander } from './wander.ts';

/** What a reader can do about wander, in the words of the place where the note stands. */
export interface Remedies {
  /** What asks for the scan: `--statistic scan`. A sentence may start with it. */
  readonly scan: string;
  /** What leaves out small changes: `--practical-threshold`. */
  readonly threshold: string;
  /** Whether another note names a season, and what to do about it: the scan alone is then no remedy. */
  readonly isSeasonTold?: boolean;
}

/** The part of an input that was compared. */
export interface ComparedPart {
  readonly series: number;
  /** Whether there are more series. */
  readonly seriesLeft?: boolean;
  /** Set if there are more readings than these. */
  readonly firstReadings?: number;
}

/** That change points may be wander, and what to do: one line. @param wanders - of the series where they may be, at least one */
export function wanderNote(
  wanders: readonly Wander[],
  { series, seriesLeft = false, firstReadings }: ComparedPart,
  { scan, threshold, isSeasonTold = false }: Remedies,
): string {
  const reported = sum(wanders.map((one) => one.reported));
  const byScan = sum(wanders.map((one) => one.byScan));
  const isOnlySeries = series === 1 && !seriesLeft;
  const found = plain.counted(reported, 'change point');
  const within = firstReadings === undefined ? '' : ` in the first ${firstReadings} readings`;
  const alike = `neighbouring readings resemble each other (lag-1 rank correlation ${correlations(wanders)})`;
  const finding = isOnlySeries
    ? `${found}${within}; ${alike}, so many of these`
    : `In ${wanders.length} of ${seriesLeft ? 'the first ' : ''}${series} series ${alike}, so many of their ${found}${within}`;
  // Half as many, or the scan is no remedy.
  const byTheScan =
    isSeasonTold || 2 * byScan > reported
      ? ''
      : `${scan} would report ${byScan === 0 ? 'none' : byScan}${isOnlySeries ? '' : ' there'}; `;
  return `${finding} may be wander${isSeasonTold ? ' or the season' : ''}, not events. ${sentence(`${byTheScan}${threshold} leaves out changes too small to matter.`)}`;
}

function sentence(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function correlations(wanders: readonly Wander[]): string {
  const values = wanders.map(({ correlation }) => correlation);
  const [least, most] = [Math.min(...values).toFixed(2), Math.max(...values).toFixed(2)];
  return least === most ? least : `${least} to ${most}`;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
