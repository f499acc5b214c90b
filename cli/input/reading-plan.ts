import { numberEvidence } from '../../lambda/reading/number-format.ts';
import { FailedError } from '../context.ts';
import { type ColumnChoice, type Columns, chooseColumns } from './choose-columns.ts';
import { watchDates } from './doubts/exchanged-dates.ts';
import { refuseHalfDays } from './doubts/half-days.ts';
import { type LateColumns, lateColumns } from './doubts/late-columns.ts';
import { refuseSharedTimes } from './doubts/shared-times.ts';
import { refuseSplitDates } from './doubts/split-dates.ts';
import { refuseTwoOrders } from './doubts/two-orders.ts';
import { refuseUnordered } from './doubts/unordered.ts';
import { type Field, textOf, textsOf, writtenTexts } from './field.ts';
import { type MarkChoice, type NumberColumn, numberColumn } from './number-column.ts';
import { isNewestFirst, timesOfSeries, timeTextOf } from './row-times.ts';
import { seriesHint } from './series-hint.ts';
import { type TimeColumn, timeColumn } from './time-column.ts';
import { dateNumbers } from './time-texts.ts';
import { type TimeZone, timeZone } from './time-zone.ts';

export interface PlanOptions extends ColumnChoice, MarkChoice {
  readonly timeZone?: string;
  readonly timeFormat?: string;
  /** Numbers that say that there is no value. */
  readonly missing?: readonly number[];
  /** Sorts all rows before it passes them on; else only a file that stands newest first. */
  readonly sort?: boolean;
}

/** A measured column. */
export interface Measured {
  readonly field: Field;
  readonly numbers: NumberColumn;
}

/** How the rows of a file are read, as its first rows tell. */
export interface ReadingPlan {
  readonly columns: Columns;
  readonly measured: readonly Measured[];
  readonly time: TimeColumn | undefined;
  /** Of the column of times, or of two; empty if there is none. */
  readonly timeName: string;
  /** Whether the times are dates in a form that was found, not given. */
  readonly isDated: boolean;
  readonly zone: TimeZone;
  /** Numbers that say that there is no value. */
  readonly missing: ReadonlySet<number>;
  /** Whether rows must name their series. */
  readonly needsSeries: boolean;
  /**
   * Which empty rows stand for a value that is missing. Rows have nothing but values of one column, and not every second one is empty.
   * Of a row of several cells, separators tell that it is there.
   */
  readonly missingValue: 'blank' | 'no-cell' | undefined;
  /** Whether the first rows stand newest first. */
  readonly newestFirst: boolean;
  /** What comes after the first rows in columns that nothing is read from. */
  readonly late: LateColumns;
  /** Which column may tell series apart, if one may. */
  readonly hint: string | undefined;
  /** The same by more rows. */
  hintOf(rows: readonly unknown[]): string | undefined;
}

/** So many rows show which kind of separator other columns have. */
const shownRows = 200;

/**
 * Decides how to read a file.
 *
 * @param rows - its first rows, at least those that show how each column is written
 * @throws FailedError if a column is missing, or can be read in two ways
 */
export function readingPlan(
  fields: readonly Field[],
  rows: readonly unknown[],
  options: PlanOptions,
  { hasEuropeanDelimiter = false, isBlankBetween = false } = {},
): ReadingPlan {
  const chosen = chooseColumns(fields, rows, options);
  const { columns, texts } = withoutWords(chosen, rows, options.timeColumn !== undefined);
  const { values, series, times, id } = columns;
  const pointsMayGroup = hasEuropeanDelimiter || showsDecimalCommas(fields, rows.slice(0, shownRows));
  const measured = withOwnNames(values, fields).map((field) => ({
    field,
    numbers: numberColumn(field.name, writtenTexts(field, rows), options, pointsMayGroup),
  }));
  const timeName = times.map(({ name }) => name).join(' ');
  const time = times.length === 0 ? undefined : timeColumn(timeName, texts, options.timeFormat);
  const seriesRows = time === undefined ? [] : timesOfSeries(rows, columns, time);
  const seriesTimes = seriesRows.map((own) => own.map((row) => row.time));
  const used = [...values, ...times, series, id];
  const unused = fields.filter((field) => !used.includes(field));
  const hintOf = (shown: readonly unknown[]) => seriesHint(unused, shown, { values: values[0], series });
  const hint = hintOf(rows);
  const isDated = time?.isCalendar === true && options.timeFormat === undefined;
  if (isDated) {
    const seriesTexts = seriesRows.map((own) => own.map(({ text }) => text));
    refuseHalfDays(timeName, seriesTexts, hint);
    refuseTwoOrders(timeName, texts);
    const dates = watchDates();
    for (const times of seriesTimes) times.forEach(dates.open());
    dates.refuse(timeName);
  }
  if (time === undefined) {
    if (options.timeFormat !== undefined) throw withoutTimes('--time-format');
    refuseUnordered(unused, columns.kinds, rows, series);
    refuseSplitDates(unused, rows, series);
    if (options.sort === true) throw withoutTimes('--sort');
  } else if (options.timeColumn === undefined && series === undefined)
    refuseSharedTimes(timeName, texts, unused, columns.kinds, rows);
  return {
    columns,
    measured,
    time,
    timeName,
    isDated,
    zone: timeZone(options.timeZone ?? 'UTC'),
    missingValue:
      values.length > 1 || series !== undefined || times.length > 0 || isBlankBetween
        ? undefined
        : fields.length === 1
          ? 'blank'
          : 'no-cell',
    missing: new Set(options.missing),
    needsSeries: series !== undefined && rows.some((row) => (textOf(series.of(row)) ?? '') !== ''),
    newestFirst: isNewestFirst(seriesTimes),
    late: lateColumns(unused, rows),
    hint,
    hintOf,
  };
}

function withoutTimes(flag: string): FailedError {
  return new FailedError(
    `${flag} has no effect, since no column is known to have times; name it with --time-column`,
  );
}

/** Each measured column is a series of its own, also where two have one name. */
function withOwnNames(values: readonly Field[], fields: readonly Field[]): readonly Field[] {
  const isShared = ({ name }: Field) => values.filter((other) => other.name === name).length > 1;
  return values.map((field) =>
    isShared(field) ? { ...field, name: `${field.name} (column ${fields.indexOf(field) + 1})` } : field,
  );
}

/** The texts of the times. A column that has the usual name, but no digit, was not meant to have times. */
function withoutWords(
  columns: Columns,
  rows: readonly unknown[],
  isChosen: boolean,
): { readonly columns: Columns; readonly texts: readonly string[] } {
  const { times, notes } = columns;
  const texts = rows.map((row) => timeTextOf(times, row) ?? '').filter((text) => text !== '');
  const [first] = times;
  if (first === undefined || isChosen || texts.some((text) => /\d/.test(text))) return { columns, texts };
  const note = `no times, since '${first.name}' has neither dates nor numbers`;
  return { columns: { ...columns, times: [], notes: [...notes, note] }, texts: [] };
}

/** Whether a file is written where decimals have commas: then a point may stand between thousands. */
function showsDecimalCommas(fields: readonly Field[], rows: readonly unknown[]): boolean {
  return fields.some((field) =>
    textsOf(field, rows).some((text) => numberEvidence(text) === 'comma' || dateNumbers(text)?.[1] === '.'),
  );
}
