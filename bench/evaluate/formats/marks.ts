import { badFile } from './files.ts';

/**
 * The marked changes in ascending order, without repeats.
 *
 * @param whose - names annotator and series in the error
 * @param length - number of points of the series
 * @throws FailedError naming the file, if a mark is not the index of a point
 */
export function checkedChanges(
  path: string,
  whose: string,
  changes: readonly unknown[],
  length: number,
): readonly number[] {
  for (const change of changes) {
    const isPoint = typeof change === 'number' && Number.isInteger(change) && change >= 0 && change < length;
    if (!isPoint) {
      const rule = `a change of ${whose} must be a whole number from 0 to ${length - 1}, the last point of the series`;
      throw badFile(path, rule, JSON.stringify(change));
    }
  }
  return [...new Set(changes.map(Number))].sort((a, b) => a - b);
}

/** @throws FailedError naming the file, if all values are missing */
export function checkedValues(path: string, name: string, values: readonly number[]): readonly number[] {
  if (values.some((value) => !Number.isNaN(value))) return values;
  throw badFile(path, `series '${name}' must have a value`, `only missing ones (${values.length})`);
}
