import { table } from '../../cli/table.ts';
import { plain } from '../../lambda/figures.ts';
import type { AnnotatedSet } from './annotated.ts';
import type { Scored } from './evaluate.ts';
import type { Summary } from './summary.ts';

type Column = readonly [head: string, cell: (summary: Summary) => string];

const changeColumns: readonly Column[] = [
  ['F1', ({ f1, f1Error }) => withError(f1, f1Error)],
  ['covering', ({ covering, coveringError }) => withError(covering, coveringError)],
  ['precision', ({ precision }) => share(precision)],
  ['recall', ({ recall }) => share(recall)],
  ['reported', ({ reported }) => String(reported)],
  ['delay', ({ delayMedian }) => wholeOrDash(delayMedian)],
];

const windowColumns: readonly Column[] = [
  ['F1', ({ f1 }) => share(f1)],
  ['precision', ({ precision }) => share(precision)],
  ['recall', ({ recall }) => share(recall)],
  ['windows found', ({ found, windows }) => `${wholeOrDash(found)} of ${wholeOrDash(windows)}`],
  ['change placed in', ({ placed }) => wholeOrDash(placed)],
  ['outside', ({ outside }) => wholeOrDash(outside)],
  ['delay', ({ delayMedian }) => wholeOrDash(delayMedian)],
];

/** A head and a row for each contender. */
export interface Rows {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The scores over the whole set, a row for each contender. */
export function summaryRows(results: readonly Scored[]): Rows {
  const columns = results.some(({ summary }) => summary.windows !== undefined)
    ? windowColumns
    : changeColumns;
  return {
    head: ['', ...columns.map(([head]) => head)],
    rows: results.map(({ name, summary }) => [name, ...columns.map(([, cell]) => cell(summary))]),
  };
}

/** F1 in each group: a row for each group, a column for each contender. */
export function groupRows(results: readonly Scored[]): Rows {
  const groups = [...(results[0]?.groups.keys() ?? [])];
  return {
    head: ['F1', ...results.map(({ name }) => name)],
    rows: groups.map((name) => [name, ...results.map(({ groups: own }) => share(own.get(name)?.f1))]),
  };
}

/** The result of an evaluation, for a terminal. */
export function describeEvaluation(
  { title, series, leftOut }: AnnotatedSet,
  results: readonly Scored[],
  margin: number,
): string {
  const summary = summaryRows(results);
  const groups = groupRows(results);
  return [
    `${plain.counted(series.length, 'series', 'series')} of ${title}; a place may be off by ${plain.counted(margin, 'point')}`,
    table(summary.head, summary.rows),
    ...(groups.rows.length > 1 ? [table(groups.head, groups.rows)] : []),
    'places: changedAt; delay: median of the points from a change, or the start of a window, to detectedAt; ±: standard error',
    ...leftOut.map((sentence) => `left out: ${sentence}`),
  ].join('\n');
}

function share(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(3);
}

function withError(value: number | undefined, error: number | undefined): string {
  return error === undefined ? share(value) : `${share(value)} ± ${error.toFixed(3)}`;
}

function wholeOrDash(value: number | undefined): string {
  return value === undefined ? '–' : String(value);
}
