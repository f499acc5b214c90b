import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FailedError } from '../../../cli/context.ts';
import { readCsv } from '../../../cli/input/csv/read-csv.ts';
import { isObject } from '../../../lambda/reading/is-object.ts';

/** A CSV file with a header. */
export interface Table {
  readonly path: string;
  readonly header: readonly string[];
  readonly rows: readonly Row[];
}

export interface Row {
  /** Number of the row in the file, from 1. */
  readonly number: number;
  readonly cells: readonly string[];
}

/** The error for a file that breaks a rule of its format. It names the file, the rule and the content. */
export function badFile(path: string, rule: string, got: string): FailedError {
  const shown = got.length <= 60 ? got : `${got.slice(0, 60)}…`;
  return new FailedError(`${path}: ${rule}, got ${shown}`);
}

/** @throws FailedError naming the file, if it cannot be read or has no header */
export async function readTable(path: string, delimiter: string): Promise<Table> {
  const all: Row[] = [];
  try {
    await readCsv(createReadStream(path), delimiter, (cells, number) => {
      if (cells.length > 1 || cells[0] !== '') all.push({ number, cells: [...cells] });
    });
  } catch (error) {
    throw unreadable(path, error);
  }
  const [header, ...rows] = all;
  if (header === undefined) throw badFile(path, 'it must begin with the names of its columns', 'no rows');
  return { path, header: header.cells, rows };
}

/** 0-based index of a column. @throws FailedError unless exactly one has this name */
export function columnOf({ path, header }: Table, name: string): number {
  const index = header.indexOf(name);
  if (index !== -1 && index === header.lastIndexOf(name)) return index;
  throw badFile(path, `it must have one column '${name}'`, `'${header.join(', ')}'`);
}

/** The number in a cell; NaN if the cell is empty. @throws FailedError if the text is not a finite number */
export function valueIn({ path, header }: Table, { number, cells }: Row, column: number): number {
  const text = cells[column] ?? '';
  const value = text === '' ? Number.NaN : Number(text);
  if (text === '' || Number.isFinite(value)) return value;
  throw badFile(
    `${path}, row ${number}`,
    `${header[column]} must be a number, or empty where it is missing`,
    `'${text}'`,
  );
}

/** @throws FailedError naming the file, if it cannot be read or is not a JSON object */
export async function readJsonObject(path: string): Promise<Readonly<Record<string, unknown>>> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw unreadable(path, error);
  }
  if (isObject(content)) return { ...content };
  throw badFile(path, 'it must be a JSON object', JSON.stringify(content));
}

/** The first of some paths below a folder that is a file; `undefined` if none is. */
export async function firstFile(folder: string, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const found = await stat(join(folder, path)).catch(() => undefined);
    if (found?.isFile()) return join(folder, path);
  }
  return undefined;
}

/** Sorted relative paths of the CSV files in a folder and below it. */
export async function csvFilesBelow(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  const paths = names.filter((name) => /\.csv$/i.test(name)).map((name) => name.replaceAll('\\', '/'));
  return paths.sort();
}

/** The title of a set: the name of its folder. */
export function titleOf(folder: string): string {
  return basename(folder) || folder;
}

function unreadable(path: string, error: unknown): FailedError {
  const reason =
    (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
  return new FailedError(`cannot read ${path}: ${reason}`);
}
