import type { ResolvedOptions } from '@aed/core';
import { plain } from '../../lambda/figures.ts';
import { printable, withoutControls } from '../../lambda/printable.ts';
import { utcTime } from '../../lambda/times.ts';
import { dependenceNote } from '../../web/compare/dependence-note.ts';
import { optionsInWords } from '../options-in-words.ts';
import type { Fact, Report } from '../report/report.ts';
import type { CollectedSeries } from './collected-series.ts';
import { countsLine } from './counts-line.ts';
import type { DetectionSummary } from './summary.ts';

/** What a report says of a run as a whole. */
export interface ReportedRun {
  readonly summary: DetectionSummary;
  /** Of the longest series, if any was tested. */
  readonly options: ResolvedOptions | undefined;
}

/** The notes and facts at the head of a report. @param undrawn - number of series without a plot */
export function reportFacts(
  { summary, options }: ReportedRun,
  series: readonly CollectedSeries[],
  xIs: Report['xIs'],
  undrawn: number,
): { readonly notes: readonly string[]; readonly facts: readonly Fact[] } {
  const { readAs, hint, note, seasonNote, times = [], dependence } = summary;
  const alike = dependenceNote(dependence, printable(dependence?.seriesId ?? ''));
  const more = `${plain.counted(undrawn, 'more series is', 'more series are')} in the table and not drawn.`;
  const notes = [
    ...(hint === undefined ? [] : [`Hint: ${withoutControls(hint)}.`]),
    ...(note === undefined ? [] : [note]),
    ...(seasonNote === undefined ? [] : [seasonNote]),
    ...(alike === '' ? [] : [alike]),
    ...times.map((line) => `${line}.`),
    ...(undrawn === 0 ? [] : [more]),
  ];
  const facts = [
    { name: 'Read', text: countsLine(summary, Number.POSITIVE_INFINITY) },
    ...(readAs.length === 0 ? [] : [{ name: 'Read as', text: readAs.join('; ') }]),
    { name: 'Times', text: xIs === 'time' ? spanText(series) : 'none; readings are numbered from 0' },
    ...(options === undefined ? [] : [{ name: 'Options', text: optionsInWords(options) }]),
  ];
  return { notes, facts };
}

/** From the earliest to the latest reading of all. */
function spanText(series: readonly CollectedSeries[]): string {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { from, to } of series) [first, last] = [Math.min(first, from), Math.max(last, to)];
  return `in UTC, from ${utcTime(first)} to ${utcTime(last)}`;
}
