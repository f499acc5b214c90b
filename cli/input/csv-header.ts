import type { CellKind } from './cell-kind.ts';
import { usualNames } from './usual-names.ts';

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
  const last = names.findLast((row) => {
    const next = rows
      .slice(rows.indexOf(row) + 1)
      .find(({ kinds }) => kinds.some((kind) => kind !== 'missing'));
    return next !== undefined && isReading(next) && isAboveTable(row, next, rows, width);
  });
  const first = rows[0];
  return usual ?? last ?? (first !== undefined && isNames(first) && wide.includes(first) ? first : undefined);
}

/** Whether all cells are texts. */
export function isNames({ cells, kinds }: CsvRow): boolean {
  return kinds.includes('text') && kinds.every((kind, index) => kind === 'text' || cells[index] === '');
}

export function isReading({ kinds }: CsvRow): boolean {
  return kinds.some((kind) => kind === 'number' || kind === 'time');
}

/** Whether no row above is like the one below, and so of the table, too. */
function isAboveTable(row: CsvRow, next: CsvRow, rows: readonly CsvRow[], width: number): boolean {
  return !rows
    .slice(0, rows.indexOf(row))
    .some((above) => isReading(above) && widthOf(above.cells) === width && areAlike(above.kinds, next.kinds));
}

/** A missing cell may be of any kind. */
function areAlike(one: readonly CellKind[], other: readonly CellKind[]): boolean {
  return one.every(
    (kind, index) => kind === other[index] || kind === 'missing' || (other[index] ?? 'missing') === 'missing',
  );
}

/** A header may be marked as a comment. */
export function withoutMark(name: string): string {
  return name.replace(/^[#~%]+\s*(?=.)/, '');
}

/** The cells of a row, without empty ones at its end. */
export function widthOf(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell !== '') + 1;
}
