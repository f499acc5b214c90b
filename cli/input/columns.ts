import { FailedError } from '../context.ts';

/** Which columns a command reads: by name, or by number from 1. */
export interface ColumnChoice {
  readonly column?: string;
  readonly seriesColumn?: string;
  readonly timeColumn?: string;
}

/** Where these columns are, from 0. */
export interface Columns {
  readonly value: number;
  readonly series?: number;
  readonly time?: number;
  /** For people. */
  readonly valueName: string;
}

/** The names that the service uses. */
const usual = { value: 'value', series: 'seriesId', time: 'timestamp' };

/**
 * Finds the columns in a header. A column that is not chosen has its usual name. The values may also be the only column.
 *
 * @throws FailedError naming the column that is missing, and those that are there
 */
export function columnsIn(header: readonly string[], choice: ColumnChoice): Columns {
  const there = header.length === 1 && /[;\t|]/.test(header[0] ?? '') ? ' (is --delimiter wrong?)' : '';
  const find = (wanted: string): number => {
    const byName = header.indexOf(wanted);
    if (byName !== header.lastIndexOf(wanted)) {
      throw new FailedError(
        `there are several columns '${wanted.slice(0, 40)}'; choose one by its number, from 1 to ${header.length}`,
      );
    }
    if (byName !== -1) return byName;
    const number = Number(wanted);
    if (Number.isInteger(number) && number >= 1 && number <= header.length) return number - 1;
    throw new FailedError(`there is no column '${wanted}'; the columns are ${list(header)}${there}`);
  };
  const optional = (wanted: string | undefined, usualName: string): number | undefined => {
    if (wanted !== undefined) return find(wanted);
    return header.includes(usualName) ? find(usualName) : undefined;
  };
  const value = optional(choice.column, usual.value) ?? (header.length === 1 && there === '' ? 0 : undefined);
  if (value === undefined) {
    throw new FailedError(
      `choose the column of the values with --column; the columns are ${list(header)}${there}`,
    );
  }
  const series = optional(choice.seriesColumn, usual.series);
  const time = optional(choice.timeColumn, usual.time);
  return {
    value,
    valueName: header[value] ?? '',
    ...(series !== undefined && { series }),
    ...(time !== undefined && { time }),
  };
}

const mostListed = 20;

function list(header: readonly string[]): string {
  const listed = header.slice(0, mostListed).map((name) => `'${name.slice(0, 40)}'`);
  return `${listed.join(', ')}${header.length > mostListed ? ` and ${header.length - mostListed} more` : ''}`;
}

/** Whether a first row is a header: it contains no number. */
export function looksLikeHeader(cells: readonly string[]): boolean {
  return !cells.some((cell) => cell !== '' && Number.isFinite(Number(cell)));
}

/** The names of columns in a file without a header: their numbers. */
export function numberedHeader(cells: readonly string[]): readonly string[] {
  return cells.map((_, index) => String(index + 1));
}
