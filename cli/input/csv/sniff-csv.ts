import { FailedError } from '../../context.ts';
import {
  areNamesOrUnits,
  areUnits,
  type CsvRow,
  type HeaderOptions,
  headerOf,
  isReading,
  isRule,
  widthOf,
  withoutMark,
} from './csv-header.ts';
import { bestCut } from './separators.ts';

/** How a text of cells is written. */
export interface CsvShape {
  readonly delimiter: string;
  /** The names of the columns: from the header, or their numbers. */
  readonly header: readonly string[];
  /** The number of the header's row, from 1; 0 if there is none. */
  readonly headerRow: number;
  /** The first row that may be a reading. */
  readonly firstRow: number;
  /** How many lines with text stand before the table. */
  readonly linesBefore: number;
  /** How many cells most rows have. */
  readonly width: number;
}

export interface SniffOptions extends HeaderOptions {
  readonly delimiter?: string;
  /** The decimal mark, if it is given. */
  readonly decimal?: '.' | ',';
}

/**
 * Finds out how a text of cells is written, by several of its rows: what separates the cells, and where the table begins.
 *
 * @param text - the start of the text, up to the end of a line
 * @returns `undefined` if there is no row
 * @throws FailedError if most rows have more cells than the header
 */
export function sniffCsv(text: string, options: SniffOptions): CsvShape | undefined {
  const best = bestCut(text, options.delimiter, options.decimal);
  const first = best?.rows[0];
  if (best === undefined || first === undefined) return undefined;
  const { delimiter, width, rows } = best;
  const header = options.header === false ? undefined : headerOf(rows, width, options);
  if (header === undefined) {
    const start = rows.find((row) => isReading(row) && row.cells.length >= width) ?? first;
    const names = Array.from({ length: Math.max(width, start.cells.length) }, (_, index) =>
      String(index + 1),
    );
    return {
      delimiter,
      header: names,
      headerRow: 0,
      firstRow: start.number,
      linesBefore: rows.indexOf(start),
      width,
    };
  }
  const below = rows.slice(rows.indexOf(header) + 1);
  // Units stand below the names, or a line. A text below one name alone may be a reading that failed.
  const isAside = width < 2 ? areUnits : (row: CsvRow) => areNamesOrUnits(row) || isRule(row);
  const top = below.findIndex((row) => !isAside(row));
  const next = below[top];
  const units = next !== undefined && (width > 1 || isReading(next)) ? top : 0;
  const body = below.slice(units);
  const wide = body.filter(({ cells }) => widthOf(cells) > header.cells.length);
  if (wide.length > body.length / 2) throw tooWide(header, wide[0] ?? header);
  return {
    delimiter,
    header: namesOf(header, body),
    headerRow: header.number,
    firstRow: units === 0 ? header.number + 1 : (body[0]?.number ?? header.number + 1),
    linesBefore: rows.indexOf(header) + units,
    width,
  };
}

/** The names of the columns. A mark of comments before them has no column, if the rows are narrower. */
function namesOf({ cells }: CsvRow, body: readonly CsvRow[]): readonly string[] {
  const [first = '', ...others] = cells;
  const isMark =
    /^[#%]$/.test(first) && body.length > 0 && body.every((row) => row.cells.length < cells.length);
  return isMark ? others : [withoutMark(first), ...others];
}

function tooWide(header: CsvRow, row: CsvRow): FailedError {
  return new FailedError(
    `row ${row.number} and most others have ${row.cells.length} cells, but the header in row ${header.number} has ${header.cells.length}; if numbers contain the separator of the cells, put them in quotes or choose another one with --delimiter; if a column has no name, such as that of row names, give it one`,
  );
}
