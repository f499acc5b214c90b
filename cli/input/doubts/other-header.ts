import { FailedError } from '../../context.ts';
import { kindOfCell } from '../cell-kind.ts';

/**
 * The error for a header further down that has other columns than the first one: below it, each number would be one of another column.
 *
 * @param row - one that has no reading
 * @returns `undefined` if the row is none
 */
export function otherHeaderError(
  row: readonly string[],
  header: readonly string[],
  number: number,
): FailedError | undefined {
  const names = row.filter((cell) => cell !== '');
  const areNames = names.length > 1 && names.every((cell) => kindOfCell(cell) === 'text');
  if (!areNames || !names.some((name) => header.includes(name))) return undefined;
  if (row.every((cell, index) => cell === '' || cell === header[index])) return undefined;
  const shown = names.slice(0, 10).map((name) => `'${name.slice(0, 40)}'`);
  return new FailedError(
    `row ${number} is a header with other columns than the first one: ${shown.join(', ')}; split the file before that row`,
  );
}
