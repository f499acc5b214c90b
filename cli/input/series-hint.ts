import { plain } from '../../lambda/figures.ts';
import { numberFormatOf } from '../../lambda/reading/number-format.ts';
import { numberReader, plainNumber } from '../../lambda/reading/number-text.ts';
import { kindOfColumn } from './column-kind.ts';
import { type Field, textOf, textsOf } from './field.ts';
import type { OrderCounts } from './series-order.ts';
import { tellsApart } from './tells-apart.ts';
import { unitsOf, withoutUnit } from './unit-of-column.ts';
import { namesSeries } from './usual-names.ts';

/** The columns that are in use. */
interface Used {
  readonly values: Field | undefined;
  readonly series: Field | undefined;
}

/** A column with so many rows of each text is named first: others may have times, or the names of runs. */
const rowsOfEach = 4;

/**
 * Says which column seems to tell several series apart: one that nobody uses, whose few texts all come again. Where another column does so already, or
 * it has numbers, the values must show it, too. Numbers with a fraction are measured.
 *
 * @returns `undefined` if there is none
 */
export function seriesHint(
  unused: readonly Field[],
  rows: readonly unknown[],
  { values, series }: Used,
): string | undefined {
  const ofOne = series === undefined ? rows : rowsOfFirst(series, rows);
  const found = unused.flatMap((field) => {
    const kind = kindOfColumn(field, rows);
    const isNamed = series === undefined && (kind === 'text' || namesSeries(field.name));
    if (kind !== 'text' && kind !== 'number' && !isNamed) return [];
    if (kind === 'number' && hasFraction(field, rows)) return [];
    if (!isNamed && !(values !== undefined && tellsApart(field, values, ofOne))) return [];
    // A header that is repeated in the middle has the name of the column.
    const texts = rows
      .map((row) => textOf(field.of(row)) ?? '')
      .filter((text) => text !== '' && text !== field.name);
    const different = new Set(texts).size;
    return different < 2 || different > texts.length / 2 ? [] : [{ field, different, rows: texts.length }];
  });
  const first = found.find((one) => one.different <= one.rows / rowsOfEach) ?? found[0];
  if (first === undefined) return undefined;
  const { name } = first.field;
  return `'${name}' has ${plain.count(first.different)} values in the first ${plain.counted(rows.length, 'row')}: if each is a series of its own, add --series-column ${quoted(name)}`;
}

/** Whether a column of numbers has one that is not whole, in whatever way they are written. */
function hasFraction(field: Field, rows: readonly unknown[]): boolean {
  const given = textsOf(field, rows);
  const [unit] = unitsOf(given);
  const texts = unit === undefined ? given : given.map((text) => withoutUnit(text, unit));
  const found = numberFormatOf(texts, false);
  // Such texts have a fraction in one of their two readings, and nobody groups the digits of a device's number.
  if (found.kind === 'ambiguous') return true;
  const read = found.kind === 'format' ? numberReader(found.format) : plainNumber;
  return texts.some((text) => {
    const value = read(text);
    return !Number.isNaN(value) && !Number.isInteger(value);
  });
}

function rowsOfFirst(series: Field, rows: readonly unknown[]): readonly unknown[] {
  const names = rows.map((row) => textOf(series.of(row)));
  return rows.filter((_, index) => names[index] === names[0]);
}

/** If more readings than this share have the time of another one, something else than time tells them apart. */
const mostOfSameTime = 0.3;

/** Says so where many readings of a series have one time; `undefined` where few do. */
export function sameTimeHint({ sameTime, repeated }: OrderCounts, readings: number): string | undefined {
  if (sameTime + repeated <= mostOfSameTime * readings) return undefined;
  return `${plain.count(sameTime + repeated)} of ${plain.counted(readings, 'reading')} have the time of another one: if the file has several series, name their column with --series-column; if another column has finer times, name it with --time-column`;
}

function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name}'`;
}
