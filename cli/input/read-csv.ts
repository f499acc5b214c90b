import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { FailedError } from '../context.ts';

/** A longer row is an error: most likely a closing quote is missing. */
const mostCharactersInRow = 1_000_000;

/**
 * Reads CSV row by row, in constant memory.
 *
 * @param take - gets the cells of each row, trimmed, and its number in the file, from 1; a blank line is a row with one empty
 * cell
 * @throws FailedError if it is not CSV; what `take` throws
 */
export async function readCsv(
  stream: Readable,
  delimiter: string,
  take: (cells: readonly string[], row: number) => void,
): Promise<void> {
  const parser = parse({
    bom: true,
    trim: true,
    delimiter,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: mostCharactersInRow,
  });
  stream.on('error', (error) => parser.destroy(error));
  let row = 0;
  // Rows come as events, because iterating over them takes a third longer.
  parser.on('data', (cells: readonly string[]) => {
    try {
      take(cells, ++row);
    } catch (error) {
      parser.destroy(error as Error);
    }
  });
  try {
    await finished(stream.pipe(parser));
  } catch (error) {
    if (error instanceof CsvError) throw new FailedError(`it is not CSV: ${error.message}`);
    throw error;
  }
}
