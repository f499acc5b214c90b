import { FailedError } from '../../context.ts';
import { dateNumbers, numericDate } from '../time-texts.ts';

/** So large a share of dates in the other order is no slip of the pen. */
const mostSlips = 0.01;

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
