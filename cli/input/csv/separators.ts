import { CsvError, parse } from 'csv-parse/sync';
import { numberEvidence } from '../../../lambda/reading/number-format.ts';
import { kindOfCell } from '../cell-kind.ts';
import { isPartOfTime } from '../time-texts.ts';
import { unitOf, withoutUnit } from '../unit-of-column.ts';
import { csvError } from './csv-error.ts';
import { areAlike, type CsvRow, isNames, isReading, widthOf } from './csv-header.ts';
import { cellsOf } from './plain-lines.ts';
import { csvRules, withoutGaps } from './read-csv.ts';

const delimiters = [',', ';', '\t', '|'] as const;
/** Stands for a delimiter where rows have one cell: it is in no text. */
const none = '\u001f';
/** So many rows show how a file is written. */
const shownRows = 300;
/** Of the lines with commas, more than this share has them in numbers alone. */
const mostDecimal = 0.9;

/** How a text is cut into cells. */
export interface Cut {
  readonly delimiter: string;
  readonly rows: readonly CsvRow[];
  /** What most rows have. */
  readonly width: number;
  /** Which share of its cells are numbers or times. */
  readonly readable: number;
  readonly score: number;
}

interface Candidate extends Cut {
  /** Why the text cannot be cut so. */
  readonly error?: CsvError;
}

/**
 * Finds out what separates the cells of a text.
 *
 * @param delimiter - if it is given
 * @param decimal - the decimal mark, if it is given
 * @returns `undefined` if there is no row
 * @throws FailedError if a quote makes the text unreadable
 */
export function bestCut(
  text: string,
  delimiter: string | undefined,
  decimal: '.' | ',' | undefined,
): Cut | undefined {
  const candidates = (delimiter === undefined ? [none, ...separatorsIn(text, decimal)] : [delimiter]).map(
    (one) => candidate(text, one, decimal),
  );
  const [likely] = candidates.sort((a, b) => b.score - a.score);
  const best = delimiter === undefined ? betterBySpaces(text, likely, decimal) : likely;
  // What is no number if it is not cut, and cannot be cut, has a quote too many.
  const failed = candidates.find(({ error }) => error !== undefined);
  if (best?.readable === 0 && best.rows.length > 0 && failed?.error !== undefined)
    throw csvError(failed.error);
  return best;
}

/** Those that the text has. Commas of numbers separate nothing, unless points are the decimal marks. */
function separatorsIn(text: string, decimal: '.' | ',' | undefined): readonly string[] {
  const there = delimiters.filter((delimiter) => text.includes(delimiter));
  const areDecimals = decimal !== '.' && there.includes(',') && hasCommasInNumbers(text);
  return areDecimals ? there.filter((delimiter) => delimiter !== ',') : there;
}

/**
 * Whether commas stand only in numbers that something else separates from other words, as in `12:00:00 20,32` or `on;20,32`. Names that commas alone
 * separate say that these are cells: `name,count` above `Pump 5,20`.
 */
function hasCommasInNumbers(text: string): boolean {
  const lines = text.split(/\r\n|\n|\r/, shownRows).filter((line) => line.trim() !== '');
  const first = lines.findIndex(hasCommasInWords);
  if (first === -1) return false;
  const above = lines[first - 1] ?? '';
  if (above.includes(',') && !/[;\t|]/.test(above)) return false;
  const withCommas = lines.slice(first).filter((line) => line.includes(','));
  return withCommas.filter(hasCommasInWords).length > mostDecimal * withCommas.length;
}

function hasCommasInWords(line: string): boolean {
  const words = line.trim().split(/[\s;|]+/);
  const withCommas = words.filter((word) => word.includes(','));
  return words.length > 1 && withCommas.length > 0 && withCommas.every(isNumber);
}

/** Whether a word is a number, perhaps in quotes, or with a sign of its unit. */
function isNumber(word: string): boolean {
  return numberEvidence(word.replaceAll(/^["\p{Sc}]+|(?:["%‰\p{Sc}]|°.?)+$/gu, '')) !== 'no-number';
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

/** How well a text reads if it is cut so. */
function candidate(text: string, delimiter: string, decimal: string | undefined): Candidate {
  let all: readonly (readonly string[])[];
  try {
    all = firstRows(text, delimiter);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { delimiter, rows: [], width: 0, readable: 0, score: -1, error };
  }
  const shown = all
    .map((cells, index): CsvRow => ({ number: index + 1, cells, kinds: cells.map(kindOfCell) }))
    .filter(({ cells }) => widthOf(cells) > 0);
  const width = modalWidth(shown);
  const last = shown.findLast(({ cells }) => widthOf(cells) === width);
  const rows = shown.map((row) => withUnitsOf(last ?? row, row));
  const alike = rows.filter(({ cells }) => widthOf(cells) === width);
  // Names are texts however they are cut.
  const body = alike.slice(Math.max(0, alike.findIndex(isReading)));
  const cells = body.flatMap(({ cells, kinds }) =>
    cells.slice(0, width).map((cell, index) => kinds[index] !== 'text' || isPartOfTime(cell)),
  );
  const readable = cells.filter((isReadable) => isReadable).length / Math.max(1, cells.length);
  // The header must fit the rows below it; what stands above need not.
  const top = rows.findIndex((row, index) => isNames(row) && isReading(rows[index + 1] ?? row));
  const table = rows.slice(Math.max(0, top));
  const consistent = table.filter(({ cells }) => widthOf(cells) === width).length / Math.max(1, table.length);
  // Most of a file is its table: what stands before it is the less likely, the more it is.
  const [first] = body;
  const before = first === undefined ? 0 : rows.indexOf(first) / rows.length;
  // A decimal comma that is given is no separator, unless nothing else reads as well.
  const lastChoice = delimiter === decimal ? 0.01 : 0;
  // Where all reads equally well, more cells are better: a row that is not cut is one text.
  return {
    delimiter,
    rows,
    width,
    readable,
    score: readable * 2 + consistent - before + Math.min(width, 50) / 1000 - lastChoice,
  };
}

/** A row in which cells with the unit of a row like it are numbers: `20.3 °C` alone could be a name. */
function withUnitsOf(other: CsvRow, row: CsvRow): CsvRow {
  if (!areAlike(row, other)) return row;
  const kinds = row.cells.map((cell, index) => {
    const unit = unitOf(cell);
    const isOne = unit !== undefined && unit === unitOf(other.cells[index] ?? '');
    return kindOfCell(isOne ? withoutUnit(cell, unit) : cell);
  });
  return { ...row, kinds };
}

/** @throws CsvError if the text cannot be cut so */
function firstRows(text: string, delimiter: string): readonly (readonly string[])[] {
  const lines = text.split(/\r?\n/, shownRows);
  const quoted = lines.findIndex((line) => /["\r]/.test(line));
  if (quoted === -1) return lines.map((line) => cellsOf(line, delimiter));
  const rest = text.split('\n').slice(quoted).join('\n');
  const parsed: string[][] = parse(rest, { ...csvRules(delimiter), to: shownRows - quoted });
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
