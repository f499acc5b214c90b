import { startOfDay } from '../../../lambda/reading/calendar.ts';
import { instantOf, type LocalTime } from '../../../lambda/reading/local-time.ts';
import { FailedError } from '../../context.ts';
import { dateNumbers, numericDate } from '../time-texts.ts';

/** So large a share of dates in the other order is no slip of the pen. */
const mostSlips = 0.01;
/** Rows are out of order if more than this share of them, and more than so many, are late. */
const mostLate = { share: 0.05, rows: 2 };
/** An order is better if it leaves less than this share of the late rows. */
const betterBy = 0.1;

/**
 * Refuses dates of which some have the day first and others the month: the days up to 12 say nothing about which they are.
 *
 * @param texts - of the times
 * @throws FailedError showing a date of each kind, and what to do
 */
export function refuseTwoOrders(name: string, texts: readonly string[]): void {
  const isDayFirst = (text: string) => numericDate(text, 'mdy') === undefined;
  const isMonthFirst = (text: string) => numericDate(text, 'dmy') === undefined;
  const dates = texts.filter((text) => dateNumbers(text) !== undefined);
  const dayFirst = dates.filter((text) => isDayFirst(text) && !isMonthFirst(text));
  const monthFirst = dates.filter((text) => isMonthFirst(text) && !isDayFirst(text));
  if (Math.min(dayFirst.length, monthFirst.length) <= mostSlips * texts.length) return;
  throw new FailedError(
    `the dates of column '${name}' have the day first in some rows, such as '${dayFirst[0]}', and the month in others, such as '${monthFirst[0]}'; write all of them in one form, or say with --time-format dmy or --time-format mdy which of them count`,
  );
}

/**
 * Refuses dates that are in order only with day and month exchanged wherever the day is at most 12: a program that expects the other order
 * takes the day for the month where it can, and leaves the other dates as they are.
 *
 * @param seriesTimes - those of each series, in the order of the rows
 * @throws FailedError showing a date and what it seems to have been, and what to do
 */
export function refuseExchangedDates(name: string, seriesTimes: Iterable<readonly LocalTime[]>): void {
  let [rows, late, lateExchanged] = [0, 0, 0];
  let example: number | undefined;
  for (const times of seriesTimes) {
    const exchanged = times.map((time) => ({ ...time, ms: withDayAsMonth(time.ms) }));
    rows += times.length;
    late += lateRows(times);
    lateExchanged += lateRows(exchanged);
    example ??= times.find(({ ms }, index) => ms !== exchanged[index]?.ms)?.ms;
  }
  const isOutOfOrder = late > Math.max(mostLate.rows, mostLate.share * rows);
  if (example === undefined || !isOutOfOrder || lateExchanged >= betterBy * late) return;
  const [is, was] = [example, withDayAsMonth(example)].map((ms) => new Date(ms).toISOString().slice(0, 10));
  throw new FailedError(
    `the times of column '${name}' are in order only if day and month are exchanged wherever the day is at most 12, such as ${was} for ${is}: a program seems to have taken the one for the other; write them anew from where they come from, or give their form with --time-format if they are right`,
  );
}

/** The rows before which a later one stands, or an earlier one if that makes fewer. */
function lateRows(times: readonly LocalTime[]): number {
  let [onward, backward] = [0, 0];
  let [latest, earliest] = [-Infinity, Infinity];
  for (const time of times) {
    const instant = instantOf(time);
    if (instant < latest) onward++;
    if (instant > earliest) backward++;
    latest = Math.max(latest, instant);
    earliest = Math.min(earliest, instant);
  }
  return Math.min(onward, backward);
}

function withDayAsMonth(ms: number): number {
  const date = new Date(ms);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return day > 12 ? ms : ms - startOfDay(year, month, day) + startOfDay(year, day, month);
}
