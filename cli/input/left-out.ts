import { plain } from '../../lambda/figures.ts';
import { printable } from '../../lambda/printable.ts';
import { saysMissing } from '../../lambda/reading/number-text.ts';
import { FailedError } from '../context.ts';
import { describeReasons } from '../describe-reasons.ts';

/** Why a row or a cell has no reading. */
export type BadRow =
  | 'empty'
  | 'not-a-number'
  | 'not-json'
  | 'bad-series'
  | 'no-series'
  | 'bad-time'
  | 'skipped-hour'
  | 'late'
  | 'too-wide'
  | 'too-narrow'
  | 'repeated-header';

/** More unreadable rows than this share end the command, unless it is told to go on. */
export const mostUnreadable = 0.1;
/** So do more rows without a value than this share, unless several columns are read: each row may then have one of them. */
export const mostMissing = 0.5;

/** So do so many unreadable rows one after another: the file is written in another form from there on, often together with a change. */
export const mostInARun = 30;
/** Reasons that tell of another form. */
const ofAnotherForm: readonly BadRow[] = ['not-a-number', 'not-json', 'bad-time'];

/** The rows and cells that have no reading, by reason. */
export interface LeftOut {
  readonly reasons: Readonly<Record<string, number>>;
  readonly first: { readonly row: number; readonly text: string } | undefined;
  /** @param column - whose cell it is; `undefined` for a row as a whole */
  add(reason: BadRow, text: string, row: number, column?: string): void;
  /**
   * @param rows - that are not blank, unless a blank one is a value that is missing
   * @throws FailedError if too many of them are left out, or one has too many cells
   */
  check(rows: number, columns: readonly string[]): void;
}

interface Counts {
  unreadable: number;
  missing: number;
  first?: string;
  run: Run;
  longestRun: Run;
}

/** Unreadable rows one after another. */
interface Run {
  readonly rows: number;
  readonly last: number;
  /** What is wrong with the first one. */
  readonly first: string;
}

const noRun: Run = { rows: 0, last: Number.NaN, first: '' };

export function leftOut(): LeftOut {
  const reasons: Record<string, number> = {};
  const byColumn = new Map<string | undefined, Counts>();
  let first: LeftOut['first'];
  let firstTooWide: number | undefined;
  const of = (column: string | undefined) =>
    byColumn.get(column) ?? { unreadable: 0, missing: 0, run: noRun, longestRun: noRun };
  return {
    reasons,
    get first() {
      return first;
    },
    add(reason, text, row, column) {
      reasons[reason] = (reasons[reason] ?? 0) + 1;
      first ??= { row, text };
      if (reason === 'too-wide') firstTooWide ??= row;
      if (reason === 'repeated-header') return;
      const counts = of(column);
      byColumn.set(column, counts);
      if (reason === 'empty') counts.missing++;
      else {
        counts.unreadable++;
        const what = `the first in row ${row}: ${whatIsWrong(reason, text)}`;
        counts.first ??= what;
        if (!ofAnotherForm.includes(reason)) return;
        const { rows, last, first } = counts.run;
        counts.run =
          row === last + 1 ? { rows: rows + 1, last: row, first } : { rows: 1, last: row, first: what };
        if (counts.run.rows > counts.longestRun.rows) counts.longestRun = counts.run;
      }
    },
    check(rows, columns) {
      // A number that is cut in two is no mere mistake in a row: those that are not cut may mean something else.
      if (firstTooWide !== undefined)
        throw new FailedError(
          `row ${firstTooWide} has more cells than the header; if numbers contain the separator of the cells, put them in quotes; --skip-bad leaves such rows out`,
        );
      for (const column of columns) {
        const [whole, own] = [of(undefined), of(column)];
        const unreadable = whole.unreadable + own.unreadable;
        const name = column === '' ? '' : ` of column '${column}'`;
        const what = describeReasons(reasons);
        if (unreadable > mostUnreadable * rows)
          throw new FailedError(
            `${unreadable} of ${plain.counted(rows, 'row')}${name} cannot be read (${what}), ${whole.first ?? own.first}; --skip-bad allows more than ${mostUnreadable * 100} %`,
          );
        const run = whole.longestRun.rows > own.longestRun.rows ? whole.longestRun : own.longestRun;
        if (run.rows > mostInARun)
          throw new FailedError(
            `${run.rows} consecutive rows${name} cannot be read, ${run.first}; the file may be written in another form from there on; --skip-bad leaves such rows out`,
          );
        if (columns.length === 1 && own.missing > mostMissing * rows)
          throw new FailedError(
            `${own.missing} of ${plain.counted(rows, 'row')}${name} have no value (${what}); --skip-bad allows more than ${mostMissing * 100} %`,
          );
      }
    },
  };
}

function whatIsWrong(reason: BadRow, text: string): string {
  const shown = `'${visible(text).slice(0, 40)}'`;
  const words: Readonly<Record<BadRow, string>> = {
    empty: text === '' ? 'it has no value' : `${shown} says that there is no value`,
    'not-a-number': `${shown} is not a number`,
    'not-json': 'it is neither a JSON object nor a number',
    'bad-series':
      text === ''
        ? 'its series must be text or a number, got an object or array'
        : `its series ${shown} has half of a character, a lone surrogate`,
    'no-series': 'it has no series',
    'bad-time': text === '' ? 'it has no time' : `${shown} is no time in the form of its column`,
    'skipped-hour': `${shown} is in an hour that the clocks of the time zone skip`,
    late: `${shown} is earlier than rows that were passed on when the input paused`,
    'too-wide': 'it has more cells than the header',
    'too-narrow': 'it has fewer cells than the others, and spaces do not tell which are missing',
    'repeated-header': 'it is the header again',
  };
  return words[reason];
}

/** The error for a bad row with `--on-bad fail`. */
export function badRowError(reason: BadRow, text: string, row: number): FailedError {
  return new FailedError(`row ${row}: ${whatIsWrong(reason, text)}; --on-bad skip leaves such rows out`);
}

/** What became of the rows of a file. */
interface RowsRead {
  readonly rows: number;
  readonly skippedReasons: LeftOut['reasons'];
  readonly firstBad: LeftOut['first'];
}

/** Why none of the rows has a reading: the end of a sentence. */
export function whyNone({ rows, skippedReasons, firstBad }: RowsRead): string {
  if (firstBad === undefined) return '';
  const { row, text } = firstBad;
  const first = text === '' ? '' : `: '${printable(visible(text)).slice(0, 40)}'`;
  const isNumber = skippedReasons['not-a-number'] !== undefined && !saysMissing(text);
  const advice = isNumber
    ? "; numbers are read as in 1234.5, 1,234.5, 1.234,5, 1 234,5 or 1'234.5, with one unit behind a space at most; --column names another column, --delimiter another separator"
    : '';
  return ` in ${plain.counted(rows, 'row')}: ${describeReasons(skippedReasons)}, the first in row ${row}${first}${advice}`;
}

/** Characters that nobody sees, such as a mark of direction, by their numbers. */
function visible(text: string): string {
  return text.replaceAll(/\p{Cf}/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
