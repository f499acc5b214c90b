import { badFile } from './files.ts';

/**
 * Marked changes in ascending order, each once.
 *
 * @param length - points of the series
 * @throws FailedError naming the file, unless each is a point of the series
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

/** @throws FailedError naming the file, unless there is a value in it */
export function checkedValues(path: string, name: string, values: readonly number[]): readonly number[] {
  if (values.some((value) => !Number.isNaN(value))) return values;
  throw badFile(path, `series '${name}' must have a value`, `${values.length} missing ones`);
}
