import { table } from '../../cli/table.ts';
import { plain } from '../../lambda/figures.ts';
import { printable, withoutControls } from '../../lambda/printable.ts';
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
  ['delay', ({ delayMedian }) => points(delayMedian)],
];

const windowColumns: readonly Column[] = [
  ['F1', ({ f1 }) => share(f1)],
  ['precision', ({ precision }) => share(precision)],
  ['recall', ({ recall }) => share(recall)],
  ['windows found', ({ found, windows }) => `${count(found)} of ${count(windows)}`],
  ['change placed in', ({ placed }) => count(placed)],
  ['outside', ({ outside }) => count(outside)],
  ['delay', ({ delayMedian }) => points(delayMedian)],
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
    rows: groups.map((name) => [
      printable(name),
      ...results.map(({ groups: own }) => share(own.get(name)?.f1)),
    ]),
  };
}

/** How the series of a set are scored: the rule that the margin gives, if any, and what the columns mean. */
export function wordsFor({ series }: AnnotatedSet, margin: number) {
  return series.some(({ truth }) => truth.kind === 'windows')
    ? {
        rule: '',
        meaning:
          'found, outside: by detectedAt; placed: by changedAt; delay: median of the points from the start of a window to detectedAt',
      }
    : {
        rule: `; a place may be off by ${plain.counted(margin, 'point')}`,
        meaning:
          'places: changedAt; delay: median of the points from a change to detectedAt; ±: standard error',
      };
}

/** The result of an evaluation, for a terminal. */
export function describeEvaluation(set: AnnotatedSet, results: readonly Scored[], margin: number): string {
  const { rule, meaning } = wordsFor(set, margin);
  const summary = summaryRows(results);
  const groups = groupRows(results);
  return [
    `${plain.counted(set.series.length, 'series', 'series')} of ${printable(set.title)}${rule}`,
    table(summary.head, summary.rows),
    ...(groups.rows.length > 1 ? [table(groups.head, groups.rows)] : []),
    meaning,
    ...set.leftOut.map((sentence) => withoutControls(`left out: ${sentence}`)),
  ].join('\n');
}

function share(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(3);
}

function withError(value: number | undefined, error: number | undefined): string {
  return error === undefined ? share(value) : `${share(value)} ± ${error.toFixed(3)}`;
}

function count(value: number | undefined): string {
  return value === undefined ? '–' : plain.count(value);
}

/** The most digits that a median of whole numbers may have. */
const digits = 16;

/** A median of whole numbers: one half if it lies between two, and below 0 if most changes were detected before their marks. */
function points(value: number | undefined): string {
  return value === undefined ? '–' : plain.level(value, digits);
}
