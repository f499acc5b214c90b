import { valueFieldsOf } from '../../lambda/field-settings.ts';
import { isNamePattern } from '../../lambda/reading/name-pattern.ts';
import { FailedError, UsageError } from '../context.ts';
import { fieldSetter } from '../produce/field-setter.ts';
import {
  type FieldChoice,
  frameWriter,
  type ServiceReading,
  type ServiceRecord,
} from '../produce/service-records.ts';

/** Writes a row of a device as a record with several values. */
export type RowWriter = (
  frame: Omit<ServiceReading, 'value'>,
  values: ReadonlyMap<string, number>,
) => ServiceRecord;

/**
 * The fields that a service reads of each record, where they are several.
 *
 * @throws UsageError if a pattern is among them
 */
export function severalFields({ valueField }: FieldChoice): readonly string[] | undefined {
  const names = valueFieldsOf(valueField);
  if (names.length === 1) return undefined;
  if (names.some(isNamePattern))
    throw new UsageError(
      `a file is put by several names, or by one pattern, and the service reads both (valueField=${valueField}); give --value-field with the names of the columns alone`,
    );
  return names;
}

/** How many readings a record of such a service has. */
export function readingsPerRecord(fields: FieldChoice): number {
  return severalFields(fields)?.length ?? 1;
}

/** Writes rows for a service that reads these fields of each record. */
export function rowWriter(fields: FieldChoice, names: readonly string[]): RowWriter {
  const frame = frameWriter(fields, names);
  const setters = new Map(names.map((name) => [name, fieldSetter(name)]));
  return (common, values) =>
    frame(common, (record) => {
      for (const [name, value] of values) setters.get(name)?.(record, value);
    });
}

/** The columns that are read for such a service, unless somebody names others. */
export function columnsOf(names: readonly string[]) {
  return { column: names, columnReason: `the service reads ${names.join(', ')} of each record` };
}

/** @throws FailedError unless the columns that are read are the fields that the service reads of each record */
export function checkColumns(columns: readonly string[], names: readonly string[]): void {
  const isSame = columns.length === names.length && names.every((name) => columns.includes(name));
  if (isSame) return;
  throw new FailedError(
    `the service reads ${names.join(', ')} of each record, so these columns must be read, and no others: ${names.map((name) => `--column ${name}`).join(' ')}; got ${columns.join(', ')}`,
  );
}
