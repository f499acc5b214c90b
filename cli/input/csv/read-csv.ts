import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { CsvError, type Options, parse } from 'csv-parse';
import type { Pieces } from '../bytes/pieces.ts';
import { refuseSwallowedRows } from '../doubts/swallowed-rows.ts';
import { csvError } from './csv-error.ts';
import { cutPlainLines } from './plain-lines.ts';

/** A longer row is an error: most likely a closing quote is missing. */
const mostCharactersInRow = 1_000_000;

/** How rows are cut into cells, by any reader of CSV. */
export function csvRules(delimiter: string): Options {
  return {
    delimiter,
    bom: true,
    trim: true,
    relax_column_count: true,
    // A title may have a quote in it.
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: mostCharactersInRow,
    ...(delimiter === ' ' && { cast: (cell, { quoting }) => (quoting && cell === '' ? emptyCell : cell) }),
  };
}

/** Stands for an empty cell in quotes until gaps are left out, which look the same otherwise. */
const emptyCell = ' ';

type TakeCells = (cells: readonly string[], row: number) => void;

/**
 * Reads CSV row by row, in constant memory.
 *
 * Lines without a quote are cut at their separators. From the first quote on, a parser takes over, which takes six times as long.
 *
 * @param take - gets the cells of each row, trimmed, and its number in the file, from 1; a blank line is a row with one empty
 * cell
 * @throws FailedError if it is not CSV; what `take` throws
 */
export async function readCsv(pieces: Pieces, delimiter: string, take: TakeCells): Promise<void> {
  let rows = 0;
  const rest = await cutPlainLines(pieces, delimiter, mostCharactersInRow, (cells) => take(cells, ++rows));
  if (rest !== undefined) await parseCsv(rest, delimiter, (cells, row) => take(cells, rows + row), rows);
}

/** The cells of a row, trimmed also within quotes, where several spaces separate as one does. */
export function withoutGaps(cells: readonly string[], delimiter: string): readonly string[] {
  const there = delimiter === ' ' ? cells.filter((cell) => cell !== '') : cells;
  return there.length === 0 ? [''] : there.map((cell) => cell.trim());
}

/** Reads CSV by the rules alone, quotes and all. @param rowsBefore - rows of the file before these pieces */
export async function parseCsv(
  pieces: Pieces,
  delimiter: string,
  take: TakeCells,
  rowsBefore = 0,
): Promise<void> {
  const parser = parse(csvRules(delimiter));
  const stream = Readable.from(pieces);
  stream.on('error', (error) => parser.destroy(error));
  let row = 0;
  // Rows come as events, because iterating over them takes a third longer.
  parser.on('data', (cells: readonly string[]) => {
    try {
      refuseSwallowedRows(cells, delimiter, rowsBefore + ++row);
      take(withoutGaps(cells, delimiter), row);
    } catch (error) {
      parser.destroy(error as Error);
    }
  });
  try {
    await finished(stream.pipe(parser));
  } catch (error) {
    stream.destroy();
    if (error instanceof CsvError) throw csvError(error, rowsBefore);
    throw error;
  }
}
