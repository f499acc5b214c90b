import { CsvError, parse } from 'csv-parse/sync';
import { FailedError } from '../context.ts';
import { kindOfCell } from './cell-kind.ts';
import { csvError } from './csv-error.ts';
import {
  areNamesOrUnits,
  type CsvRow,
  type HeaderOptions,
  headerOf,
  isNames,
  isReading,
  isRule,
  widthOf,
  withoutMark,
} from './csv-header.ts';
import { cellsOf } from './plain-lines.ts';
import { csvRules, withoutGaps } from './read-csv.ts';

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

const delimiters = [',', ';', '\t', '|'] as const;
/** Stands for a delimiter where rows have one cell: it is in no text. */
const none = '\u001f';
/** So many rows show how a file is written. */
const shownRows = 300;

interface Candidate {
  /** Why the text cannot be cut so. */
  readonly error?: CsvError;
  readonly delimiter: string;
  readonly rows: readonly CsvRow[];
  /** What most rows have. */
  readonly width: number;
  /** Which share of its cells are numbers or times. */
  readonly readable: number;
  readonly score: number;
}

/**
 * Finds out how a text of cells is written, by several of its rows: what separates the cells, and where the table begins.
 *
 * @param text - the start of the text, up to the end of a line
 * @returns `undefined` if there is no row
 * @throws FailedError if most rows have more cells than the header
 */
export function sniffCsv(text: string, options: SniffOptions): CsvShape | undefined {
  const there = delimiters.filter((delimiter) => text.includes(delimiter));
  const possible = options.delimiter === undefined ? [none, ...there] : [options.delimiter];
  const candidates = possible.map((delimiter) => candidate(text, delimiter, options.decimal));
  const [likely] = candidates.sort((a, b) => b.score - a.score);
  const best = options.delimiter === undefined ? betterBySpaces(text, likely, options.decimal) : likely;
  const first = best?.rows[0];
  if (best === undefined || first === undefined) return undefined;
  // What is no number if it is not cut, and cannot be cut, has a quote too many.
  const failed = candidates.find(({ error }) => error !== undefined);
  if (best.readable === 0 && failed?.error !== undefined) throw csvError(failed.error);
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
  // Units stand below the names, or a line.
  const units =
    width < 2
      ? 0
      : Math.max(
          0,
          below.findIndex((row) => !areNamesOrUnits(row) && !isRule(row)),
        );
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
    /^[#%]$/.test(first) && body.length > 0 && body.every((row) => widthOf(row.cells) < cells.length);
  return isMark ? others : [withoutMark(first), ...others];
}

/** Spaces stand within cells, too: they separate only where nothing reads as well without. */
function betterBySpaces(
  text: string,
  best: Candidate | undefined,
  decimal: string | undefined,
): Candidate | undefined {
  if (best === undefined || best.readable >= 0.5) return best;
  const spaced = candidate(text, ' ', decimal);
  return spaced.width > 1 && spaced.readable > 0.5 ? spaced : best;
}

function tooWide(header: CsvRow, row: CsvRow): FailedError {
  return new FailedError(
    `row ${row.number} and most others have ${row.cells.length} cells, but the header in row ${header.number} has ${header.cells.length}; if numbers contain the separator of the cells, put them in quotes or choose another one with --delimiter; if a column has no name, such as that of row names, give it one`,
  );
}

/** How well a text reads if it is cut so. */
function candidate(text: string, delimiter: string, decimal: string | undefined): Candidate {
  let all: readonly (readonly string[])[];
  try {
    all = firstRows(text, delimiter);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { delimiter, rows: [], width: 0, readable: 0, score: -1, error };
  }
  const rows = all
    .map((cells, index): CsvRow => ({ number: index + 1, cells, kinds: cells.map(kindOfCell) }))
    .filter(({ cells }) => widthOf(cells) > 0);
  const width = modalWidth(rows);
  const alike = rows.filter(({ cells }) => widthOf(cells) === width);
  // Names are texts however they are cut.
  const body = alike.slice(Math.max(0, alike.findIndex(isReading)));
  const kinds = body.flatMap(({ kinds }) => kinds.slice(0, width));
  const readable = kinds.filter((kind) => kind !== 'text').length / Math.max(1, kinds.length);
  // The header must fit the rows below it; what stands above need not.
  const top = rows.findIndex((row, index) => isNames(row) && isReading(rows[index + 1] ?? row));
  const table = rows.slice(Math.max(0, top));
  const consistent = table.filter(({ cells }) => widthOf(cells) === width).length / Math.max(1, table.length);
  // Most of a file is its table: what stands before it is the less likely, the more it is.
  const [first] = body;
  const before = first === undefined ? 0 : rows.indexOf(first) / rows.length;
  // A decimal comma that is given is no separator, unless nothing else reads as well.
  const last = delimiter === decimal ? 0.01 : 0;
  // Where all reads equally well, more cells are better: a row that is not cut is one text.
  return {
    delimiter,
    rows,
    width,
    readable,
    score: readable * 2 + consistent - before + Math.min(width, 50) / 1000 - last,
  };
}

/** @throws CsvError if the text cannot be cut so */
function firstRows(text: string, delimiter: string): readonly (readonly string[])[] {
  const lines = text.split(/\r?\n/, shownRows);
  const quoted = lines.findIndex((line) => /["\r]/.test(line));
  if (quoted === -1) return lines.map((line) => cellsOf(line, delimiter));
  const rest = text.split('\n').slice(quoted).join('\n');
  const parsed: string[][] = parse(rest, { ...csvRules, delimiter, to: shownRows - quoted });
  const cut = parsed.map((cells) => withoutGaps(cells, delimiter));
  return [...lines.slice(0, quoted).map((line) => cellsOf(line, delimiter)), ...cut];
}

/** The width of most rows; of several, the largest. */
function modalWidth(rows: readonly CsvRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(widthOf(cells), (counts.get(widthOf(cells)) ?? 0) + 1);
  return [...counts].reduce(
    (best, [width, count]) => {
      const isMore = count > best.count || (count === best.count && width > best.width);
      return isMore ? { width, count } : best;
    },
    { width: 0, count: 0 },
  ).width;
}
