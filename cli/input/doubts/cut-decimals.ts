import { saysMissing } from '../../../lambda/reading/number-text.ts';
import { FailedError } from '../../context.ts';
import { type Field, textOf } from '../field.ts';
import { isUnit } from '../unit-of-column.ts';
import { namesHour, namesNoNumbers, namesTime } from '../usual-names.ts';

/** What stands before a comma, perhaps behind a currency: `$1`, `USD 1`. */
const whole = /^[+-]?([A-Z]{0,3}\p{Sc} ?|[A-Z]{3} )?[+-]?\d+$/u;

/** What stands behind a comma, perhaps before a unit. */
const behindTheComma = /^(\d+)(?:(?:[ \u00a0\u202f]|(?=[%‰°µμΩ\p{Sc}]))(\S.*))?$/u;

/** Marks, switches and classes are fewer. */
const fewestDigits = 6;

/** So many digits at most stand behind a comma without a name of their own: decimals, or a group of thousands. */
const behindComma = /^\d{1,3}$/;

/** Fewer rows without decimals may just lack the cell. */
const leastWithout = 0.02;

/**
 * Refuses numbers that commas between cells have cut in two, at their decimal comma or between thousands. Both halves are whole numbers, and each
 * could be a number of its own. What betrays them: digits that begin with a 0, rows that are too short or too long for the header, or no last digit
 * that is 0 where some rows have no decimals; one digit of any kind in each row, in a column whose name, if it has one, is not that of numbers; or
 * nothing but the two halves in a file without a header, unless the first ones count. A currency before the first half, or a unit behind the second,
 * tells as much as a digit of any kind.
 *
 * @param rows - of cells, cut at commas
 * @throws FailedError showing both cells, and what to do
 */
export function refuseCutDecimals(
  values: readonly Field[],
  fields: readonly Field[],
  rows: readonly (readonly string[])[],
): void {
  const misfits = rows.filter((cells) => cells.length !== fields.length).length;
  for (const [index, value] of fields.entries()) {
    const next = fields[index + 1];
    if (next === undefined || namesTime(value.name) || namesHour(value.name)) continue;
    const isNameless = namesNoNumbers(next.name);
    const pairs = rows
      .map((row) => ({ number: textOf(value.of(row)) ?? '', rest: textOf(next.of(row)) ?? '' }))
      .filter(({ number }) => !saysMissing(number))
      .map(({ number, rest }) => ({ number, rest, decimals: decimalsOf(rest) }));
    const there = pairs.filter(({ rest }) => rest !== '');
    const decimals = there.map((pair) => pair.decimals);
    if (there.length === 0 || decimals.includes('')) continue;
    if (!pairs.every(({ number }) => whole.test(number))) continue;
    const isPriced = pairs.every(({ number }) => /[^\d+-]/.test(number));
    const isMarked = isPriced || there.every((pair) => pair.rest !== pair.decimals);
    // Of a number with a currency or unit, the second half alone may be taken for the values.
    const isRead =
      values.includes(value) || (values.includes(next) && (isPriced || (isMarked && isNameless)));
    if (!isRead || (!isPriced && values.includes(next) && !isNameless)) continue;
    const without = pairs.length - decimals.length;
    const zerosAreDropped =
      without > leastWithout * pairs.length && decimals.every((text) => !text.endsWith('0'));
    const withZero = there.find((pair) => /^0\d/.test(pair.decimals));
    const isEveryDigit =
      without === 0 && decimals.every((text) => text.length === 1) && new Set(decimals).size >= fewestDigits;
    const example = withZero ?? there[0];
    const isAlone =
      fields.length === 2 &&
      /^\d*$/.test(value.name) &&
      /^\d*$/.test(next.name) &&
      decimals.every((text) => behindComma.test(text)) &&
      !counts(pairs.map((pair) => Number(pair.number)));
    const seemsCut =
      withZero !== undefined ||
      zerosAreDropped ||
      (isNameless && (isEveryDigit || isMarked)) ||
      isAlone ||
      misfits > rows.length / 2;
    if (example === undefined || !seemsCut) continue;
    throw new FailedError(
      `'${example.number}' in column '${value.name}' and '${example.rest}' beside it may be one number, ${example.number},${example.rest}, cut at its comma; put such numbers in quotes, or separate the cells by another character; --decimal . says that they are two numbers`,
    );
  }
}

/** The digits at the start of a text that has nothing else, but for a unit. */
function decimalsOf(rest: string): string {
  const [, digits = '', unit] = behindTheComma.exec(rest) ?? [];
  return unit === undefined || isUnit(unit) ? digits : '';
}

/** Whether numbers rise or fall by the same from each row to the next, as those of rows do. */
function counts(numbers: readonly number[]): boolean {
  const [first = 0, second = 0] = numbers;
  return second !== first && numbers.every((number, index) => number === first + index * (second - first));
}
