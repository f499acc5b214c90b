import { seriesOfField } from '../../lambda/reading/series-of-field.ts';
import { FailedError } from '../context.ts';
import { FinalError } from '../input/reading-order.ts';
import type { ReadingPlan } from '../input/reading-plan.ts';

/** Where the names of series come from that no column gives. */
export interface NamesGiven {
  readonly series?: string;
  /** Of the file, without what follows the point; absent for standard input. */
  readonly file?: string;
}

/**
 * Names the series of a file as a service has them.
 *
 * A service has the series of many files. So a series that no column names is named after the file, and one of several columns
 * `file/column`: the columns `temp` of two files must not become one series.
 *
 * A column that seems to tell series apart is no mere hint here: a service would keep the readings of all devices as one series.
 *
 * @returns the name in the service, by the name in the file
 * @throws FailedError if there is one name too many, or perhaps one too few; FinalError if there will be none
 */
export function seriesNamer(
  { columns: { series: column }, hint }: Pick<ReadingPlan, 'columns' | 'hint'>,
  { series, file }: NamesGiven,
): (name: string) => string {
  const given = series ?? file;
  if (column !== undefined) {
    if (series !== undefined)
      throw new FailedError(`--series names a series that no column names, but '${column.name}' does`);
    return (name) => (name === '' ? unnamed(given) : name);
  }
  if (series === undefined && hint !== undefined) {
    const why = `${hint}; if all are one series, name it with --series`;
    // More rows may take the hint back, but then there is no name.
    throw file === undefined ? new FinalError(why) : new FailedError(why);
  }
  const base = unnamed(given);
  return (name) => (name === '' ? base : seriesOfField(base, name));
}

function unnamed(given: string | undefined): string {
  if (given !== undefined) return given;
  throw new FinalError(
    'no column names the series; name it with --series, or the column with --series-column',
  );
}
