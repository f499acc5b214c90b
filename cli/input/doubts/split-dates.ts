import { FailedError } from '../../context.ts';
import { type Field, textOf, textsOf } from '../field.ts';
import { namesRest } from '../usual-names.ts';
import { leadsBack, stepsOf } from './steps.ts';

type Part = 'year' | 'month' | 'day' | 'day of the year' | 'hour' | 'minute';

/** From the one that counts most. */
const parts: readonly Part[] = ['year', 'month', 'day', 'day of the year', 'hour', 'minute'];

const ranges: Readonly<Record<Part, (number: number) => boolean>> = {
  year: (number) => number <= 99 || (number >= 1900 && number <= 2100),
  month: (number) => number >= 1 && number <= 12,
  day: (number) => number >= 1 && number <= 31,
  'day of the year': (number) => number >= 1 && number <= 366,
  hour: (number) => number <= 24,
  minute: (number) => number <= 59,
};

/** How the parts of a date follow each other in neighbouring columns. An hour and a minute may come after them. */
const forms: readonly (readonly Part[])[] = [
  ['year', 'month', 'day'],
  ['day', 'month', 'year'],
  ['month', 'day', 'year'],
  ['year', 'day of the year'],
];

/**
 * Refuses a file whose dates are in several columns, a number each, and run backward: each change would be turned round.
 *
 * @param unused - columns that nothing is read from
 * @throws FailedError naming the columns, and what to do
 */
export function refuseSplitDates(
  unused: readonly Field[],
  rows: readonly unknown[],
  series: Field | undefined,
): void {
  const numbers = new Map(unused.map((field) => [field, wholeNumbersOf(field, rows)]));
  const hasOnly = (part: Part, field: Field) => numbers.get(field)?.every(ranges[part]) === true;
  for (let first = 0; first < unused.length; first++) {
    for (const form of forms) {
      const fields = unused.slice(first, first + form.length + 2);
      const named = [...form, 'hour', 'minute'] as const;
      const found = fields.findIndex((field, index) => !hasOnly(named[index] ?? 'minute', field));
      const columns = found < 0 ? fields : fields.slice(0, found);
      if (columns.length >= form.length) refuseBackward(columns, named, rows, series);
    }
  }
}

/** The numbers of a column that may be a part of a date. @returns `undefined` if it has other texts, or none, or what is left of a time */
function wholeNumbersOf(field: Field, rows: readonly unknown[]): readonly number[] | undefined {
  const texts = textsOf(field, rows);
  const areWhole = texts.length > 0 && texts.every((text) => /^\d{1,4}$/.test(text));
  return areWhole && !namesRest(field.name) ? texts.map(Number) : undefined;
}

function refuseBackward(
  columns: readonly Field[],
  named: readonly Part[],
  rows: readonly unknown[],
  series: Field | undefined,
): void {
  const order = parts.flatMap((part) => columns[named.indexOf(part)] ?? []);
  const steps = stepsOf(rows, series, (row) => order.map((field) => Number(textOf(field.of(row)))));
  const moves = steps.on + steps.back;
  // Three counts that seldom change are no date.
  if (!leadsBack(steps) || moves < rows.length / 2) return;
  const shown = (row: unknown) => columns.map((field) => textOf(field.of(row))).join(' ');
  throw new FailedError(
    `'${columns[0]?.name}' to '${columns.at(-1)?.name}' seem to be a date in ${columns.length} columns, which runs backward, from '${shown(rows[0])}' to '${shown(rows.at(-1))}', so the newest row seems to stand first; put the oldest row first (tac), or write the date in one column`,
  );
}
