import { fieldReader, leavesOf } from '../../lambda/reading/field-path.ts';

/** One column of a file. A row is a list of cells, or what a line of JSON holds. */
export interface Field {
  readonly name: string;
  of(row: unknown): unknown;
}

/** The columns of rows of cells. */
export function cellFields(header: readonly string[]): readonly Field[] {
  return header.map((name, index) => ({ name, of: (row) => (row as readonly unknown[])[index] }));
}

/** The columns of JSON values: every field that one of them has. A number alone is its own value. */
export function jsonFields(rows: readonly unknown[], valueName: string): readonly Field[] {
  const paths = new Set(rows.flatMap((row) => Array.from(leavesOf(row), ({ path }) => path)));
  if (rows.some((row) => typeof row === 'number')) paths.add(valueName);
  return [...paths].map((path) => jsonField(path, valueName));
}

export function jsonField(path: string, valueName: string): Field {
  const read = fieldReader(path);
  return path === valueName
    ? { name: path, of: (row) => (typeof row === 'number' ? row : read(row)) }
    : { name: path, of: read };
}

/** What a field holds as the text of a cell; `undefined` for an object or array. Nothing is an empty cell. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? undefined : String(value);
}

/** What a column has as text. A number of JSON is written in one way only. */
export function writtenTexts(field: Field, rows: readonly unknown[]): readonly string[] {
  return rows
    .map((row) => field.of(row))
    .filter((cell) => typeof cell === 'string' && cell !== '') as string[];
}

/** The texts of a column, without empty ones. */
export function textsOf(field: Field, rows: readonly unknown[]): readonly string[] {
  return rows.map((row) => textOf(field.of(row)) ?? '').filter((text) => text !== '');
}
