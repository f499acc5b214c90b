import { plain } from '../../lambda/figures.ts';
import { FailedError } from '../context.ts';
import { readCsv } from './csv/read-csv.ts';
import { type SniffOptions, sniffCsv } from './csv/sniff-csv.ts';
import { refuseCutDecimals } from './doubts/cut-decimals.ts';
import { otherHeaderError } from './doubts/other-header.ts';
import { cellFields } from './field.ts';
import { jsonRows } from './json/json-rows.ts';
import type { Input } from './open-input.ts';
import type { Rows } from './row-source.ts';
import { usual } from './usual-names.ts';

export interface RowOptions extends Omit<SniffOptions, 'wanted'> {
  readonly column?: readonly string[];
  readonly seriesColumn?: string;
  readonly timeColumn?: string;
}

/** @throws FailedError if the start of a CSV file shows that it cannot be read */
export function rowsOf(input: Input, options: RowOptions): Rows {
  const { json } = input;
  if (json === undefined) return csvRows(input, options);
  refuseFlagsOfCells(options);
  const [valueName = usual.value, ...more] = options.column ?? [];
  const chosen = more.length > 0 ? usual.value : valueName;
  return jsonRows(input, json, /[*?]/.test(chosen) ? usual.value : chosen, options);
}

/** @throws FailedError for an option that has no effect on JSON: the file may have cells, and begin as JSON does */
function refuseFlagsOfCells({ delimiter, header }: RowOptions): void {
  const [flag] = [
    ...(delimiter === undefined ? [] : ['--delimiter']),
    ...(header === undefined ? [] : [header ? '--header' : '--no-header']),
  ];
  if (flag !== undefined)
    throw new FailedError(
      `${flag} is for rows of cells, and this is read as JSON; leave it out, or give --format csv`,
    );
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
  const { delimiter = ',', firstRow = 1, headerRow = 0, linesBefore = 0, width = 0 } = shape ?? {};
  const fullWidth = Math.min(width, header.length);
  let narrow = 0;
  const fields = cellFields(header);
  return {
    fields: () => fields,
    kindOf(row) {
      const cells = row as readonly string[];
      if (cells[0] === '' && cells.every((cell) => cell === ''))
        return cells.length === 1 ? 'blank' : 'no-cell';
      if (cells.length > header.length && cells.some((cell, index) => index >= header.length && cell !== ''))
        return 'too-wide';
      if (delimiter === ' ' && cells.length < fullWidth) return 'too-narrow';
      return 'row';
    },
    isHeader: (row) =>
      headerRow > 0 && (row as readonly string[]).every((cell, index) => cell === header[index]),
    otherHeader: (row, number) =>
      headerRow > 0 ? otherHeaderError(row as readonly string[], header, number) : undefined,
    refuseCutNumbers(values, rows) {
      if (delimiter === ',' && options.decimal !== '.')
        refuseCutDecimals(values, fields, rows as readonly (readonly string[])[]);
    },
    each: (take) =>
      readCsv(input.pieces, delimiter, (cells, number) => {
        if (number < firstRow) return;
        if (cells.length < fullWidth && cells.length > 1) narrow++;
        take(cells, number);
      }),
    hasEuropeanDelimiter: delimiter === ';',
    get notes() {
      return [
        ...(options.delimiter !== undefined || header.length < 2 || delimiter === ','
          ? []
          : [
              delimiter === ' '
                ? 'cells separated by spaces'
                : `delimiter ${delimiter === '\t' ? 'tab' : `'${delimiter}'`}`,
            ]),
        ...(linesBefore === 0
          ? []
          : [`${linesBefore === 1 ? '1 line' : `${linesBefore} lines`} before the table left out`]),
        ...(narrow === 0 || delimiter === ' '
          ? []
          : [
              `${plain.counted(narrow, 'row has', 'rows have')} fewer cells than the header: the last ones are missing`,
            ]),
      ];
    },
  };
}
