import { isNamePattern, namePattern } from '../../lambda/reading/name-pattern.ts';
import { FailedError } from '../context.ts';
import { type ColumnKind, kindOfColumn } from './column-kind.ts';
import { refuseTimePairs } from './doubts/time-pairs.ts';
import { refuseWrappedNumbers } from './doubts/wrapped-numbers.ts';
import { type Field, textsOf } from './field.ts';
import { foundTimes } from './found-times.ts';
import { hasShortYear } from './time-texts.ts';
import { namesRow, namesTime, usual } from './usual-names.ts';

/** Which columns a command reads: by name, or by number from 1. */
export interface ColumnChoice {
  /** Of the values; a name may have `*` and `?` for any text and any character. */
  readonly column?: readonly string[];
  /** Why these columns, if nobody named them. */
  readonly columnReason?: string;
  readonly allColumns?: boolean;
  readonly seriesColumn?: string;
  readonly timeColumn?: string;
  /** The form of the times, if it is given. */
  readonly timeFormat?: string;
}

/** The columns that are read. */
export interface Columns {
  readonly values: readonly Field[];
  readonly series: Field | undefined;
  /** One, or a date and a time of day. */
  readonly times: readonly Field[];
  readonly id: Field | undefined;
  /** Of every column. */
  readonly kinds: ReadonlyMap<Field, ColumnKind>;
  readonly notes: readonly string[];
}

/**
 * Finds the columns that are chosen. A column that is not chosen has its usual name, or is the only one that it can be.
 *
 * @param rows - the first ones
 * @throws FailedError naming the column that is missing, and those that are there
 */
export function chooseColumns(
  fields: readonly Field[],
  rows: readonly unknown[],
  choice: ColumnChoice,
): Columns {
  const optional = (wanted: string | undefined, usualName: string): Field | undefined => {
    if (wanted !== undefined) return findField(fields, wanted);
    return fields.some(({ name }) => name === usualName) ? findField(fields, usualName) : undefined;
  };
  const series = optional(choice.seriesColumn, usual.series);
  const id = optional(undefined, usual.id);
  const chosenTime = optional(choice.timeColumn, usual.time);
  const kinds = new Map(fields.map((field) => [field, kindOfColumn(field, rows)]));
  const chosen = chosenValues(fields, choice);
  const free = fields.filter((field) => field !== series && field !== id && !chosen.includes(field));
  const notes: string[] = [];

  // A form that is given is that of a column that nothing else tells.
  const formed =
    choice.timeFormat === undefined
      ? undefined
      : free.find((field) => namesTime(field.name) && kinds.get(field) === 'text');
  const times = chosenTime === undefined ? timesFound() : withTimeOfDay(chosenTime);
  const values = chosen.length > 0 ? chosen : foundValues();
  if (choice.timeColumn === undefined) refuseTimePairs(fields, kinds, values, times[0]);
  const epoch = free.find((field) => kinds.get(field) === 'epoch' && !values.includes(field));
  if (times.length === 0 && epoch !== undefined)
    notes.push(`no times from '${epoch.name}', whose numbers may be times since 1970 (--time-column)`);
  return { values, series, times, id, kinds, notes };

  function timesFound(): readonly Field[] {
    const { field, note } =
      formed === undefined ? foundTimes(free, kinds, rows) : { field: formed, note: undefined };
    const all = field === undefined ? [] : withTimeOfDay(field);
    if (all.length > 0) notes.push(`times from ${all.map(({ name }) => `'${name}'`).join(' and ')}`);
    if (note !== undefined) notes.push(note);
    return all;
  }

  /** A date alone goes with the first column of times of day, and a time of day that is chosen with the only date. */
  function withTimeOfDay(field: Field): readonly Field[] {
    const ofKind = (kind: ColumnKind) => free.filter((other) => kinds.get(other) === kind);
    if (kinds.get(field) === 'time of day') {
      const [date, another] = ofKind('date');
      return date !== undefined && another === undefined ? [date, field] : [field];
    }
    if (kinds.get(field) !== 'date' && !isShortDate(field)) return [field];
    const [clock, ...others] = ofKind('time of day');
    if (others.length > 0)
      notes.push(`no times from ${others.map(({ name }) => `'${name}'`).join(', ')} (--time-column)`);
    return clock === undefined ? [field] : [field, clock];
  }

  /** A date whose form is given, with a year of two digits. */
  function isShortDate(field: Field): boolean {
    const [text = ''] = textsOf(field, rows);
    return choice.timeFormat !== undefined && hasShortYear(text) && !text.includes(':');
  }

  /** What one of these columns has in place of a number. */
  function example(some: readonly Field[]): string {
    const field = some.find((one) => kinds.get(one) === 'text');
    const text = field && textsOf(field, rows)[0];
    return text === undefined ? '' : `: '${field?.name.slice(0, 40)}' has '${text.slice(0, 40)}'`;
  }

  function foundValues(): readonly Field[] {
    const usualValue = optional(undefined, usual.value);
    if (choice.allColumns !== true && usualValue !== undefined) return [usualValue];
    const rest = free.filter((field) => !times.includes(field));
    const numeric = rest.filter((field) => kinds.get(field) === 'number' || kinds.get(field) === 'epoch');
    const counters = numeric.filter((field) => numbersRows(field, rows));
    const numbers = numeric.filter((field) => !counters.includes(field));
    if (numbers.length > 0 && counters.length > 0)
      notes.push(`no values from ${listed(counters)}, whose numbers are those of the rows`);
    if (choice.allColumns === true) {
      if (numbers.length === 0)
        throw new FailedError(`no column has numbers${example(rest)}; the columns are ${listed(fields)}`);
      notes.push(`values from ${listed(numbers)}`);
      return numbers;
    }
    const only = fields.length === 1 ? fields[0] : undefined;
    if (only !== undefined) return [only];
    const [number] = numbers;
    if (fields.length === 0) throw new FailedError('there are only blank rows');
    if (rest.length > 0 && numeric.length === 0)
      throw new FailedError(
        `no column has numbers${example(rest)}; choose that of the values with --column; the columns are ${listed(fields)}`,
      );
    const [first = counters[0]] = numbers;
    const texts = rest.filter((field) => kinds.get(field) === 'text');
    const hasTimes = times.length > 0;
    if (first !== undefined && numbers.length <= 1)
      refuseWrappedNumbers(first, kinds.get(first), texts, rows, { series, hasTimes });
    if (number === undefined || numbers.length > 1)
      throw new FailedError(
        `choose the column of the values with --column, or take all that have numbers with --all-columns; the columns are ${listed(fields)}`,
      );
    notes.push(`values from '${number.name}', the only column of numbers`);
    return [number];
  }
}

/** Whether a column has no name, or that of a number, and counts the rows. */
function numbersRows(field: Field, rows: readonly unknown[]): boolean {
  if (field.name !== '' && !namesRow(field.name)) return false;
  // Its unit may stand above them.
  const numbers = textsOf(field, rows)
    .map(Number)
    .filter((number) => !Number.isNaN(number));
  return numbers.length > 1 && numbers.every((number, index) => number === Number(numbers[0]) + index);
}

function chosenValues(
  fields: readonly Field[],
  { column = [], columnReason, allColumns }: ColumnChoice,
): readonly Field[] {
  if (allColumns === true) return [];
  try {
    return [...new Set(column.flatMap((wanted) => matchingFields(fields, wanted)))];
  } catch (error) {
    if (columnReason === undefined || !(error instanceof FailedError)) throw error;
    throw new FailedError(`${columnReason}, and ${error.message}`);
  }
}

function matchingFields(fields: readonly Field[], wanted: string): readonly Field[] {
  if (!isNamePattern(wanted) || fields.some(({ name }) => name === wanted))
    return [findField(fields, wanted)];
  const matches = namePattern(wanted);
  const matching = fields.filter(({ name }) => matches(name));
  if (matching.length > 0) return matching;
  throw new FailedError(`no column is like '${wanted}'; the columns are ${listed(fields)}`);
}

/** @throws FailedError unless exactly one column has this name or number */
function findField(fields: readonly Field[], wanted: string): Field {
  const named = fields.filter(({ name }) => name === wanted);
  if (named.length > 1)
    throw new FailedError(
      `there are several columns '${wanted.slice(0, 40)}'; choose one by its number, from 1 to ${fields.length}`,
    );
  const byNumber = /^[1-9]\d*$/.test(wanted) ? fields[Number(wanted) - 1] : undefined;
  const field = named[0] ?? byNumber;
  if (field !== undefined) return field;
  throw new FailedError(`there is no column '${wanted}'; the columns are ${listed(fields)}`);
}

const mostListed = 20;

function listed(fields: readonly Field[]): string {
  const names = fields.slice(0, mostListed).map(({ name }) => `'${name.slice(0, 40)}'`);
  return `${names.join(', ')}${fields.length > mostListed ? ` and ${fields.length - mostListed} more` : ''}`;
}
