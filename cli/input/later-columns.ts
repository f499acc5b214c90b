import { type ColumnChoice, chooseColumns } from './choose-columns.ts';
import type { Field } from './field.ts';

/**
 * Says which columns would be read, too, had they come earlier: those of an input that pauses are chosen by the few rows before.
 *
 * @param read - those that are read
 */
export function laterColumns(
  fields: readonly Field[],
  rows: readonly unknown[],
  choice: ColumnChoice,
  read: readonly Field[],
): readonly string[] {
  const later = valuesOf(fields, rows, choice).filter((name) => !read.some((one) => one.name === name));
  return later.length === 0
    ? []
    : [`nothing from ${later.map((name) => `'${name}'`).join(', ')}, not there at first (--column)`];
}

/** None if they cannot be chosen any more: then it is not told what was meant. */
function valuesOf(
  fields: readonly Field[],
  rows: readonly unknown[],
  choice: ColumnChoice,
): readonly string[] {
  try {
    return chooseColumns(fields, rows, choice).values.map(({ name }) => name);
  } catch {
    return [];
  }
}
