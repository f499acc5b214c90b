import { cellFields, type Field, jsonField, jsonFields } from './field.ts';
import type { Input } from './open-input.ts';
import { readCsv } from './read-csv.ts';
import { readJsonArray } from './read-json-array.ts';
import { readJsonLines } from './read-json-lines.ts';
import { type SniffOptions, sniffCsv } from './sniff-csv.ts';
import { usual } from './usual-names.ts';

/** What kind of row it is, beside those that may have a reading. */
export type RowKind = 'row' | 'blank' | 'not-json' | 'too-wide';

/** The rows of a file, whatever its format. */
export interface Rows {
  /** The columns, given the first rows. */
  fields(rows: readonly unknown[]): readonly Field[];
  kindOf(row: unknown): RowKind;
  isHeader(row: unknown): boolean;
  /** Reads all rows. @throws what `take` throws */
  each(take: (row: unknown, number: number) => void): Promise<void>;
  /** Whether the file is written where numbers mostly have decimal commas. */
  readonly hasEuropeanDelimiter: boolean;
  /** How the file is written, where it is not written in the usual way. */
  readonly notes: readonly string[];
}

export interface RowOptions extends Omit<SniffOptions, 'wanted'> {
  readonly column?: readonly string[];
  readonly seriesColumn?: string;
  readonly timeColumn?: string;
}

/** @throws FailedError if the start of a CSV file shows that it cannot be read */
export function rowsOf(input: Input, options: RowOptions): Rows {
  if (input.format === 'csv') return csvRows(input, options);
  const [valueName = usual.value, ...more] = options.column ?? [];
  const chosen = more.length > 0 ? usual.value : valueName;
  return jsonRows(input, /[*?]/.test(chosen) ? usual.value : chosen, options);
}

function csvRows(input: Input, options: RowOptions): Rows {
  const { column = [], seriesColumn, timeColumn } = options;
  const wanted = [...column, seriesColumn, timeColumn].filter(
    (name): name is string => name !== undefined && !/[*?]|^\d+$/.test(name),
  );
  const { start, isAll } = input;
  // The last line may be cut.
  const whole = isAll
    ? start
    : start.slice(0, Math.max(start.lastIndexOf('\n'), start.lastIndexOf('\r')) + 1);
  const shape = sniffCsv(whole, { ...options, wanted });
  const header = shape?.header ?? [];
  const { delimiter = ',', firstRow = 1, headerRow = 0, linesBefore = 0 } = shape ?? {};
  return {
    fields: () => cellFields(header),
    kindOf(row) {
      const cells = row as readonly string[];
      if (cells[0] === '' && cells.every((cell) => cell === '')) return 'blank';
      if (cells.length > header.length && cells.some((cell, index) => index >= header.length && cell !== ''))
        return 'too-wide';
      return 'row';
    },
    isHeader: (row) =>
      headerRow > 0 && (row as readonly string[]).every((cell, index) => cell === header[index]),
    each: (take) =>
      readCsv(input.pieces, delimiter, (cells, number) => {
        if (number >= firstRow) take(cells, number);
      }),
    hasEuropeanDelimiter: delimiter === ';',
    notes: [
      ...(options.delimiter !== undefined || header.length < 2 || delimiter === ','
        ? []
        : [`delimiter ${delimiter === '\t' ? 'tab' : `'${delimiter}'`}`]),
      ...(linesBefore === 0
        ? []
        : [`${linesBefore === 1 ? '1 line' : `${linesBefore} lines`} before the table left out`]),
    ],
  };
}

function jsonRows(input: Input, valueName: string, { seriesColumn, timeColumn }: RowOptions): Rows {
  const read = input.format === 'json-array' ? readJsonArray : readJsonLines;
  return {
    fields(rows) {
      const found = jsonFields(rows, valueName);
      // A field that is chosen may hold an object, which is then told for each row.
      const chosen = [valueName, seriesColumn ?? usual.series, timeColumn ?? usual.time]
        .map((name) => jsonField(name, valueName))
        .filter(
          ({ name, of }) =>
            !found.some((one) => one.name === name) && rows.some((row) => of(row) !== undefined),
        );
      return found.length + chosen.length > 0 ? [...found, ...chosen] : [jsonField(valueName, valueName)];
    },
    kindOf(row) {
      if (row === '') return 'blank';
      const isRow =
        typeof row === 'number' || (typeof row === 'object' && row !== null && !Array.isArray(row));
      return isRow ? 'row' : 'not-json';
    },
    isHeader: () => false,
    each: (take) => read(input.pieces, take),
    hasEuropeanDelimiter: false,
    notes: [],
  };
}
