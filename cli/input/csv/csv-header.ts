import type { CellKind } from '../cell-kind.ts';
import { isPartOfTime } from '../time-texts.ts';
import { namesTime, usualNames } from '../usual-names.ts';

/** A row at the start of a text of cells. */
export interface CsvRow {
  readonly number: number;
  readonly cells: readonly string[];
  readonly kinds: readonly CellKind[];
}

export interface HeaderOptions {
  /** Whether there is a header; judged by the cells unless given. */
  readonly header?: boolean;
  /** The names of columns that are wanted. A row with all of them is the header. */
  readonly wanted: readonly string[];
}

const fewestYears = 5;
/** So many times as many rows has a table as pairs of names and numbers stand before it. */
const fewestTimesPairs = 4;

/** The row with the names of the columns: what stands above it is no row of the table. */
export function headerOf(
  rows: readonly CsvRow[],
  width: number,
  { header, wanted }: HeaderOptions,
): CsvRow | undefined {
  const wide = rows.filter(({ cells }) => cells.length >= Math.min(width, 2));
  const named = wide.find(({ cells }) => wanted.length > 0 && wanted.every((name) => cells.includes(name)));
  if (named !== undefined) return named;
  if (header === true) return wide.find(({ cells }) => cells.length >= width) ?? rows[0];
  const names = wide.filter(isNames);
  const usual = wide.find(({ cells }) => cells.some((cell) => usualNames.includes(withoutMark(cell))));
  const above = names.filter((row) => {
    const next = rows
      .slice(rows.indexOf(row) + 1)
      .find(({ kinds }) => kinds.some((kind) => kind !== 'missing'));
    return next !== undefined && isReading(next) && isAboveTable(row, next, rows, width);
  });
  const first = rows[0];
  return (
    usual ??
    namesOver(longestBelow(above, rows), rows) ??
    (first !== undefined && isNames(first) && wide.includes(first) ? first : undefined) ??
    wide.find((row) => hasNumbersForNames(row, rows[rows.indexOf(row) + 1]) || hasYearsForNames(row))
  );
}

/** Whether the columns have numbers for names, beside one of times: `time,1,2`, or as pandas writes an index, `,0,1`. */
function hasNumbersForNames({ cells, kinds }: CsvRow, below: CsvRow | undefined): boolean {
  const [first = '', ...names] = cells;
  if (below?.kinds[0] !== 'time' || names.length === 0 || !names.every((name) => /^\d+$/.test(name)))
    return false;
  return first === ''
    ? names.every((name, index) => Number(name) === index)
    : kinds[0] === 'text' && namesTime(first);
}

/** Whether the columns are named after years one after another. */
function hasYearsForNames({ cells, kinds }: CsvRow): boolean {
  const years = cells.filter((_, index) => kinds[index] === 'number').map(Number);
  const [first = 0] = years;
  return (
    kinds[0] !== 'number' &&
    years.length >= fewestYears &&
    first >= 1500 &&
    first < 2200 &&
    years.every((year, index) => year === first + index)
  );
}

/** The row of names with the most readings below it, up to the next one; of several, the last. */
function longestBelow(names: readonly CsvRow[], rows: readonly CsvRow[]): CsvRow | undefined {
  let best: CsvRow | undefined;
  let most = 0;
  for (const [index, row] of names.entries()) {
    const next = names[index + 1];
    const below = rows.slice(rows.indexOf(row) + 1, next && rows.indexOf(next)).filter(isReading).length;
    if (below >= most) [best, most] = [row, below];
  }
  return best;
}

/** Of the rows of names that end here, the first that names times; or the row above, if this one has the units of its names. */
function namesOver(row: CsvRow | undefined, rows: readonly CsvRow[]): CsvRow | undefined {
  if (row === undefined) return undefined;
  const stacked = [row];
  const step = (rows[rows.indexOf(row) + 1]?.number ?? 0) - row.number;
  for (let at = rows.indexOf(row) - 1; ; at--) {
    const above = rows[at];
    if (above === undefined || !areNamesOrUnits(above) || above.cells.length !== row.cells.length) break;
    // A title stands apart from the names.
    if ((stacked[0] ?? row).number - above.number > step) break;
    stacked.unshift(above);
  }
  const above = stacked.at(-2);
  return (
    stacked.find(({ cells }) => cells.some(namesTime)) ?? (areUnits(row) && above !== undefined ? above : row)
  );
}

/** In brackets, with a sign that names do not have, or a usual one. */
const unit =
  /^[[(].*[\])]$|[°%‰Ωµ]|^(utc|gmt|[kmMG]?(w|wh|v|a|va|hz|pa|bar|m|g|l|s|k|c|f|j|n)|hpa|mbar|min|hrs?|sec|mm|cm|ppm|ppb|db|dba|lux|rpm|psi|m\/s|km\/h|mg\/l|m3\/h|l\/min)$/i;

/** Whether a row has nothing but units. */
export function areUnits({ cells }: CsvRow): boolean {
  return cells.every((cell) => cell === '' || unit.test(cell));
}

/** Whether all cells are texts. */
export function isNames({ cells, kinds }: CsvRow): boolean {
  return kinds.includes('text') && kinds.every((kind, index) => kind === 'text' || cells[index] === '');
}

/** Whether all cells are texts, or most are and the others missing: a unit may be `na`. */
export function areNamesOrUnits(row: CsvRow): boolean {
  const { kinds } = row;
  const texts = kinds.filter((kind) => kind === 'text').length;
  const areMostlyTexts = 2 * texts > kinds.length;
  return isNames(row) || (areMostlyTexts && kinds.every((kind) => kind === 'text' || kind === 'missing'));
}

/** Whether it only draws a line below the names, as in `|---|:-:|`. */
export function isRule({ cells }: CsvRow): boolean {
  return cells.some((cell) => cell !== '') && cells.every((cell) => /^(:?[-=]{3,}:?|:-+:?|-+:)?$/.test(cell));
}

export function isReading({ kinds }: CsvRow): boolean {
  return kinds.some((kind) => kind === 'number' || kind === 'time');
}

/** Whether no row above is like the one below, and so of the table, too; or a few are, but behind a blank line and with words of their own, as pairs of names and numbers have. */
function isAboveTable(row: CsvRow, next: CsvRow, rows: readonly CsvRow[], width: number): boolean {
  const at = rows.indexOf(row);
  const [above, below] = [rows.slice(0, at), rows.slice(at + 1)];
  const alike = above.filter((one) => isReading(one) && widthOf(one.cells) === width && areAlike(one, next));
  const isApart = row.number - (above.at(-1)?.number ?? 0) > next.number - row.number;
  const isRepeated = above.some(({ cells }) => cells.join() === row.cells.join());
  const areFew = alike.length * fewestTimesPairs <= below.filter(isReading).length;
  return (
    alike.length === 0 || (isApart && !isRepeated && areFew && alike.every((one) => hasOwnWords(one, below)))
  );
}

/** Whether a row has words, and none stands in the same column of one of the others. */
function hasOwnWords({ cells, kinds }: CsvRow, others: readonly CsvRow[]): boolean {
  return (
    kinds.includes('text') &&
    cells.every((cell, index) => kinds[index] !== 'text' || others.every((one) => one.cells[index] !== cell))
  );
}

/** Whether two rows have cells of the same kinds. A missing cell may be of any kind; a clock, or a day with a short year, is unlike other texts. */
export function areAlike(one: CsvRow, other: CsvRow): boolean {
  return one.kinds.every((kind, index) => {
    const otherKind = other.kinds[index] ?? 'missing';
    if (kind === 'missing' || otherKind === 'missing') return true;
    return (
      kind === otherKind && isPartOfTime(one.cells[index] ?? '') === isPartOfTime(other.cells[index] ?? '')
    );
  });
}

/** A header may be marked as a comment. */
export function withoutMark(name: string): string {
  return name.replace(/^[#~%]+\s*(?=.)/, '');
}

/** The cells of a row, without empty ones at its end. */
export function widthOf(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell !== '') + 1;
}
