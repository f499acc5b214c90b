import { FailedError } from '../context.ts';
import { type ColumnChoice, type Columns, columnsIn, looksLikeHeader, numberedHeader } from './columns.ts';
import type { Input } from './open-input.ts';
import { readCsv } from './read-csv.ts';
import { readJsonLines } from './read-json-lines.ts';

/** Why a row has no reading. */
export type BadRow = 'empty' | 'not-a-number' | 'not-json' | 'bad-series';

/** Receives the rows. */
export interface ReadingSink {
  /** @param series - empty where there is no such column; @param time - as the file has it */
  reading(series: string, time: string | undefined, value: number, row: number): void;
  bad(series: string, reason: BadRow, text: string, row: number): void;
}

export interface ReadOptions extends ColumnChoice {
  readonly delimiter?: string;
  /** Whether the first row is a header; judged by its cells unless given. */
  readonly header?: boolean;
}

/** Reads all readings of an input, in their order. @returns the name of the value's column @throws what the readers throw */
export function readReadings(input: Input, options: ReadOptions, sink: ReadingSink): Promise<string> {
  return input.format === 'csv' ? fromCsv(input, options, sink) : fromJsonLines(input, options, sink);
}

/** A number as in JSON; a plus sign and a leading point are also allowed. Not hexadecimal, not Infinity. */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

async function fromCsv(input: Input, options: ReadOptions, sink: ReadingSink): Promise<string> {
  let columns: Columns | undefined;
  await readCsv(input.stream, options.delimiter ?? input.delimiter, (cells, row) => {
    if (columns === undefined) {
      const isHeader = options.header ?? looksLikeHeader(cells);
      columns = columnsIn(isHeader ? cells : numberedHeader(cells), options);
      if (isHeader) return;
    }
    const { value: valueAt, series: seriesAt, time: timeAt } = columns;
    const series = seriesAt === undefined ? '' : (cells[seriesAt] ?? '');
    const text = cells[valueAt] ?? '';
    // Most cells are plain numbers. `Number` accepts more, which the pattern rejects.
    const value = Number(text);
    if (Number.isFinite(value) && decimal.test(text)) {
      sink.reading(series, timeAt === undefined ? undefined : cells[timeAt], value, row);
    } else sink.bad(series, text === '' ? 'empty' : 'not-a-number', text, row);
  });
  return columns?.valueName ?? '';
}

async function fromJsonLines(input: Input, options: ReadOptions, sink: ReadingSink): Promise<string> {
  const { column = 'value', seriesColumn = 'seriesId', timeColumn = 'timestamp' } = options;
  await readJsonLines(input.stream, (line, row) => {
    if (typeof line === 'number' && Number.isFinite(line)) return sink.reading('', undefined, line, row);
    if (typeof line !== 'object' || line === null || Array.isArray(line))
      return sink.bad('', 'not-json', '', row);
    const fields: Readonly<Record<string, unknown>> = { ...line };
    const series = Object.hasOwn(fields, seriesColumn) ? asText(fields[seriesColumn]) : '';
    if (series === undefined) return sink.bad('', 'bad-series', '', row);
    const value = Object.hasOwn(fields, column) ? fields[column] : undefined;
    if (typeof value === 'number' && Number.isFinite(value)) {
      const time = Object.hasOwn(fields, timeColumn) ? asText(fields[timeColumn]) : undefined;
      return sink.reading(series, time, value, row);
    }
    const isEmpty = value === undefined || value === null || value === '';
    sink.bad(series, isEmpty ? 'empty' : 'not-a-number', asText(value) ?? 'an object or array', row);
  });
  return column;
}

/** A JSON value as the text of a CSV cell; `undefined` for an object or array. */
function asText(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? undefined : String(value);
}

/** The error for a bad row with `--on-bad fail`. */
export function badRowError(reason: BadRow, text: string, row: number): FailedError {
  const what = {
    empty: 'it has no value',
    'not-a-number': `'${text.slice(0, 40)}' is not a number`,
    'not-json': 'it is neither a JSON object nor a number',
    'bad-series': 'its series must be text or a number, got an object or array',
  }[reason];
  return new FailedError(`row ${row}: ${what}; --on-bad skip leaves such rows out`);
}
