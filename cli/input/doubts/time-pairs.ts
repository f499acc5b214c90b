import { FailedError } from '../../context.ts';
import type { ColumnKind } from '../column-kind.ts';
import type { Field } from '../field.ts';

/**
 * Refuses values whose times may be in a column of their own: a table of pairs, each a column of times with one of values behind it.
 *
 * @param time - the column of the times, that nobody chose
 * @throws FailedError naming both columns of times
 */
export function refuseTimePairs(
  fields: readonly Field[],
  kinds: ReadonlyMap<Field, ColumnKind>,
  values: readonly Field[],
  time: Field | undefined,
): void {
  const hasTimes = (field: Field | undefined) =>
    field !== undefined && ['date', 'moment', 'epoch'].includes(kinds.get(field) ?? '');
  const pairs = fields.filter(
    (field, index) => hasTimes(field) && kinds.get(fields[index + 1] ?? field) === 'number',
  );
  if (time === undefined || pairs.length < 2 || !pairs.includes(time)) return;
  for (const value of values) {
    const own = fields[fields.indexOf(value) - 1];
    if (own === undefined || own === time || !pairs.includes(own)) continue;
    throw new FailedError(
      `'${value.name}' stands behind '${own.name}', which has times of its own beside those of '${time.name}'; say with --time-column which of them are those of '${value.name}', and read one such pair at a time`,
    );
  }
}
