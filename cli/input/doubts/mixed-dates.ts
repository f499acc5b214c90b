import { FailedError } from '../../context.ts';
import type { TimeColumn } from '../time-column.ts';
import { numericDate } from '../time-texts.ts';

/**
 * Refuses dates of which some seem to have the day first and others the month: spreadsheets write both into one column, where they take a
 * day of at most 12 for the month.
 *
 * They do so if the rows are out of order as the column is read, and in order if some dates are read the other way.
 *
 * @param texts - the times, in the order of the rows
 * @throws FailedError showing the first date that is read the other way, and what to do
 */
export function refuseMixedDates(name: string, texts: readonly string[], column: TimeColumn): void {
  let [isInOrder, before, last] = [true, -Infinity, -Infinity];
  let swapped: string | undefined;
  for (const text of texts) {
    const ms = column.read(text)?.ms;
    if (ms === undefined) continue;
    isInOrder &&= ms >= before;
    before = ms;
    const next = Math.min(...readings(text, ms).filter((one) => one >= last));
    if (next === Infinity) return;
    if (next !== ms) swapped ??= text;
    last = next;
  }
  if (isInOrder || swapped === undefined) return;
  throw new FailedError(
    `the dates of column '${name}' have the day first in some rows and the month first in others, as it seems: they are in order if '${swapped}' is read the other way than the rest; write all of them in one form, or say with --time-format dmy or --time-format mdy that they are`,
  );
}

/** The time as the column reads it, and those with the day or the month first. */
function readings(text: string, ms: number): readonly number[] {
  const others = (['dmy', 'mdy'] as const).map((order) => numericDate(text, order)?.ms);
  return [ms, ...others.filter((one) => one !== undefined)];
}
