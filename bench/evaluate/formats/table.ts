import { createReadStream } from 'node:fs';
import { readCsv } from '../../../cli/input/csv/read-csv.ts';
import { plainNumber, saysMissing } from '../../../lambda/reading/number-text.ts';
import { badFile, unreadable } from './files.ts';

/** A CSV file with a header. */
export interface Table {
  readonly path: string;
  readonly header: readonly string[];
  readonly rows: readonly Row[];
}

export interface Row {
  /** Number of the row in the file, from 1. */
  readonly number: number;
  /** As many as the header has. */
  readonly cells: readonly string[];
}

/** @throws FailedError naming the file, if it cannot be read, has no header or a row of another width; the signal's reason */
export async function readTable(path: string, delimiter: string, signal?: AbortSignal): Promise<Table> {
  const all: Row[] = [];
  await readRows(path, delimiter, signal, (cells, number) => void all.push({ number, cells: [...cells] }));
  const [first, ...rows] = all;
  if (first === undefined) throw badFile(path, 'it must begin with the names of its columns', 'no rows');
  const header = first.cells;
  // A decimal comma makes a row wider. A file that was cut off ends in a narrower one.
  const odd = rows.find(({ cells }) => cells.length !== header.length);
  if (odd !== undefined)
    throw badFile(
      `${path}, row ${odd.number}`,
      `a row must have as many cells as the header, ${header.length}`,
      `${odd.cells.length}: '${odd.cells.join(delimiter)}'`,
    );
  return { path, header, rows };
}

/** The names of the columns of a CSV file, of which no more is read; `undefined` if it has no rows. */
export async function readHeader(
  path: string,
  delimiter: string,
  signal?: AbortSignal,
): Promise<readonly string[] | undefined> {
  let header: readonly string[] | undefined;
  await readRows(path, delimiter, signal, (cells) => {
    header = [...cells];
    throw new EnoughRead();
  });
  return header;
}

/** Ends the reading of a file of which no more is needed. */
class EnoughRead extends Error {}

/** Hands over the rows that are not blank. */
async function readRows(
  path: string,
  delimiter: string,
  signal: AbortSignal | undefined,
  take: (cells: readonly string[], number: number) => void,
): Promise<void> {
  signal?.throwIfAborted();
  try {
    await readCsv(createReadStream(path, { signal }), delimiter, (cells, number) => {
      if (cells.length > 1 || cells[0] !== '') take(cells, number);
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof EnoughRead)) throw unreadable(path, error);
  }
}

/** 0-based index of a column. @throws FailedError unless exactly one has this name */
export function columnOf({ path, header }: Table, name: string): number {
  const index = header.indexOf(name);
  if (index !== -1 && index === header.lastIndexOf(name)) return index;
  throw badFile(path, `it must have one column '${name}'`, `'${header.join(', ')}'`);
}

/**
 * The number in a cell; NaN if the cell is empty, or says in the words that `aed detect` knows that there is no value.
 *
 * @throws FailedError if the text is neither
 */
export function valueIn({ path, header }: Table, { number, cells }: Row, column: number): number {
  const text = cells[column] ?? '';
  const value = plainNumber(text);
  if (!Number.isNaN(value) || saysMissing(text)) return value;
  throw badFile(
    `${path}, row ${number}`,
    `${header[column]} must be a number, or empty where it is missing`,
    `'${text}'`,
  );
}
