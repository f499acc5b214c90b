import {
  type EpochUnit,
  epochTime,
  epochUnitNames,
  epochUnitOf,
  epochUnits,
  isPlausibleIn,
} from '../../lambda/reading/epoch-time.ts';
import { isoTime, refusedIsoForm } from '../../lambda/reading/iso-time.ts';
import type { LocalTime } from '../../lambda/reading/local-time.ts';
import { saysMissing } from '../../lambda/reading/number-text.ts';
import { FailedError } from '../context.ts';
import { timePattern } from './time-pattern.ts';
import {
  type DateOrder,
  dateNumbers,
  hasShortYear,
  isDateOfDigits,
  isTimeOfDay,
  namedDate,
  numericDate,
} from './time-texts.ts';

/** Reads the times of one column. */
export interface TimeColumn {
  /** `undefined` if the text is no time in the form of the column. */
  read(text: string): LocalTime | undefined;
  /** Whether the times are dates. If not, they are numbers that only say what comes first. */
  readonly isCalendar: boolean;
  /** How the times are written, if not as in ISO 8601 or in milliseconds. */
  readonly note?: string;
}

type Read = TimeColumn['read'];

/** The forms that can be named instead of a pattern. */
export const timeForms = ['dmy', 'mdy', ...epochUnits] as const;

/**
 * Finds out how the times of a column are written: in the form in which most of them can be read.
 *
 * @param texts - the first ones of the column
 * @param form - one of `timeForms` or a pattern, if it is given
 * @throws FailedError if no form fits, or more than one
 */
export function timeColumn(name: string, texts: readonly string[], form?: string): TimeColumn {
  if (form !== undefined) return chosenForm(form);
  const there = texts.filter((text) => !saysMissing(text));
  const numbers = there.filter((text) => numeral.test(text));
  if (numbers.length > there.length / 2) return numericColumn(name, numbers);
  const forms = [isoColumn, { read: namedDate, isCalendar: true, note: `month names in '${name}'` }];
  const counted = forms.map((one) => ({ one, count: there.filter((text) => one.read(text)).length }));
  const dates = there.filter((text) => dateNumbers(text) !== undefined);
  const [best] = counted.sort((a, b) => b.count - a.count);
  if (dates.length > (best?.count ?? 0)) return datedColumn(name, dates);
  if (best !== undefined && best.count > there.length / 2) return best.one;
  throw unreadable(name, there);
}

const numeral = /^[+-]?\d+([.,]\d+)?(e[+-]?\d+)?$/i;

const isoColumn: TimeColumn = { read: isoTime, isCalendar: true };

function unreadable(name: string, texts: readonly string[]): FailedError {
  const text = texts.find((one) => isoTime(one) === undefined) ?? '';
  const form = refusedIsoForm(text);
  if (hasShortYear(text))
    throw new FailedError(
      `'${text.slice(0, 40)}' in the column of times '${name}' has a year of two digits, and any of its numbers may be the year; --time-format dmy or --time-format mdy says which is the day, or a pattern such as --time-format %y/%m/%d`,
    );
  if (isTimeOfDay(text))
    throw new FailedError(
      `'${text.slice(0, 40)}' in the column of times '${name}' is a time of day without a date; put the date before it, or in a column of its own beside it, or name another column with --time-column`,
    );
  const [, before = '', zone = ''] = /^(.*\d) ?([A-Z]{2,5}(?:[+-]\d{1,2}(?::?\d\d)?)?)$/.exec(text) ?? [];
  if (isoTime(before) !== undefined || dateNumbers(before) !== undefined)
    throw new FailedError(
      `'${text.slice(0, 40)}' in the column of times '${name}' ends with the zone '${zone}', which may be one of several; write its offset, such as +01:00, or leave it out and give --time-zone`,
    );
  const what =
    form === undefined
      ? "is in no form of time that is known; give its form with --time-format, such as '%d/%m/%Y %H:%M'"
      : `is ${form}, which is not read; write month and day, as in 2026-01-31`;
  return new FailedError(
    `'${text.slice(0, 40)}' in the column of times '${name}' ${what}, or give another column with --time-column`,
  );
}

/**
 * Numbers that are times from 1990 to 2100 in one unit, digits of dates, or else numbers that only count.
 *
 * @throws FailedError if they are times in two units
 */
function numericColumn(name: string, texts: readonly string[]): TimeColumn {
  const units = new Map<EpochUnit, number>();
  const numbers = texts.map(numberIn);
  for (const number of numbers) {
    const unit = epochUnitOf(number);
    if (unit !== undefined) units.set(unit, (units.get(unit) ?? 0) + 1);
  }
  const dates = texts.filter(isDateOfDigits).length;
  // A date and an hour as digits, 2026010508, are as many as seconds since 1970 in 2034.
  if (dates >= 0.9 * texts.length) return { ...isoColumn, note: `times as digits, such as '${texts[0]}'` };
  const [most, other] = [...units].sort(([, a], [, b]) => b - a);
  if (most !== undefined && most[1] > texts.length / 2) {
    const [unit] = most;
    if (unit === 'ns' && numbers.every((one) => one < ticksOf2100)) throw mayBeTicks(name, texts[0] ?? '');
    const note = unit === 'ms' ? {} : { note: `times in ${epochUnitNames[unit]} since 1970` };
    return { read: plausibleEpoch(unit), isCalendar: true, ...note };
  }
  if (most !== undefined && other !== undefined && most[1] + other[1] > texts.length / 2)
    throw new FailedError(
      `the numbers of the column of times '${name}' are partly ${epochUnitNames[most[0]]} and partly ${epochUnitNames[other[0]]} since 1970; give another column with --time-column, or one form with --time-format`,
    );
  return {
    read(text) {
      return numeral.test(text) ? { ms: numberIn(text), ns: 0, offset: 0 } : undefined;
    },
    isCalendar: false,
    note: `times that are numbers but no dates, such as '${texts[0]}', used for the order alone`,
  };
}

/** Ticks of 100 ns since the year 1, as .NET counts them: nanoseconds since 1970 are as many in the year 1990 alone. */
const ticksOf2100 = 6.63e17;

function mayBeTicks(name: string, text: string): FailedError {
  return new FailedError(
    `the numbers of the column of times '${name}', such as '${text}', may be ticks of .NET, which are not read; write ISO 8601 or seconds since 1970, or say with --time-format ns that these are nanoseconds`,
  );
}

function numberIn(text: string): number {
  return Number(text.replace(',', '.'));
}

function epoch(unit: EpochUnit): Read {
  return (text) => {
    const instant = epochTime(text, unit);
    return instant && { ...instant, offset: 0 };
  };
}

/** A time of another size than the column's is a mistake. */
function plausibleEpoch(unit: EpochUnit): Read {
  const slow = epoch(unit);
  const isPlausible = isPlausibleIn(unit);
  const isMs = unit === 'ms';
  return (text) => {
    const number = Number(text);
    if (Number.isNaN(number)) return isPlausible(numberIn(text)) ? slow(text) : undefined;
    if (!isPlausible(number)) return undefined;
    return isMs && text.length === 13 && Number.isInteger(number)
      ? { ms: number, ns: 0, offset: 0 }
      : slow(text);
  };
}

/** @throws FailedError showing two cells and both readings, if day and month cannot be told apart */
function datedColumn(name: string, texts: readonly string[]): TimeColumn {
  const numbers = texts.map((text) => dateNumbers(text)).filter((parts) => parts !== undefined);
  // No country writes the month first with points.
  const dotted = numbers.every(([, mark]) => mark === '.');
  const dayFirst = numbers.filter(([first, , second]) => first > 12 && second <= 12).length;
  const monthFirst = numbers.filter(([first, , second]) => second > 12 && first <= 12).length;
  if (!dotted && dayFirst === monthFirst) {
    const different = [...new Set(texts)].filter((text) => new Set(readingsOf(text)).size > 1);
    const shown = different.slice(0, 2).map((text) => `'${text}' as ${readingsOf(text).join(' or ')}`);
    const example =
      shown.length === 0 ? `, though '${texts[0]}' is the same in both` : `: ${shown.join(', ')}`;
    throw new FailedError(
      `the dates of column '${name}' can be read in two ways${example}; --time-format dmy or --time-format mdy says which number is the day`,
    );
  }
  return dated(dotted || dayFirst > monthFirst ? 'dmy' : 'mdy', ` in '${name}'`);
}

function dated(order: DateOrder, where = ''): TimeColumn {
  const first = order === 'dmy' ? 'day' : 'month';
  return {
    read: (text) => numericDate(text, order),
    isCalendar: true,
    note: `dates with the ${first} first${where}`,
  };
}

function readingsOf(text: string): readonly string[] {
  const days = (['dmy', 'mdy'] as const).map((order) => numericDate(text, order)?.ms);
  return days.map((ms) => (ms === undefined ? 'no date' : new Date(ms).toISOString().slice(0, 10)));
}

function chosenForm(form: string): TimeColumn {
  if (form === 'dmy' || form === 'mdy')
    return { ...dated(form), read: (text) => numericDate(text, form, 'short years') };
  const unit = epochUnits.find((one) => one === form);
  const read = unit === undefined ? timePattern(form) : epoch(unit);
  if (read === undefined) throw new RangeError(`no form of time: '${form}'`);
  return { read, isCalendar: true };
}
