import { defaultFieldNames, streamWords, valueFieldsOf } from '../../lambda/field-settings.ts';
import { kinesisLimits } from '../../lambda/kinesis-limits.ts';
import { isNamePattern, namePattern } from '../../lambda/reading/name-pattern.ts';
import { fieldOfSeries, seriesOfField } from '../../lambda/reading/series-of-field.ts';
import type { RecordSettings } from '../../lambda/record-settings.ts';
import { FailedError, UsageError } from '../context.ts';
import { fieldSetter } from './field-setter.ts';
import type { PutEvent } from './stream-entry.ts';

/** A reading as a service is to have it. */
export interface ServiceReading {
  readonly seriesId: string;
  /** ISO 8601 in UTC: it means the same, whatever unit a service expects of numbers. */
  readonly timestamp: string;
  readonly value: number;
  /** Tells readings apart that the service would else take for one, or put in another order. */
  readonly eventId?: string;
}

/** The data of a record, with the partition key that it gets. */
export interface ServiceRecord extends PutEvent {
  toJSON(): Readonly<Record<string, unknown>>;
}

/** The settings that say where the parts of a reading belong in a record. */
export type FieldChoice = Pick<RecordSettings, 'seriesIdField' | 'timestampField' | 'valueField'>;

export const defaultFields: FieldChoice = {
  seriesIdField: defaultFieldNames.seriesId,
  timestampField: defaultFieldNames.timestamp,
  valueField: defaultFieldNames.value,
};

/** Writes readings as a service reads them. */
export interface RecordWriter {
  /** A field that the service reads. */
  readonly field: string;
  /** The name of a series in the service, which adds the field where it makes a series of each. @param column - the only one of the values */
  nameOf(series: string, column: string | undefined): string;
  /** @throws FailedError if the service cannot have a series of that name */
  write(reading: ServiceReading): ServiceRecord;
}

/**
 * Writes readings for a service with these settings. Its recorder makes the same readings of what is written.
 *
 * @throws UsageError if no record of one reading can be read so
 */
export function recordWriter({ seriesIdField, timestampField, valueField }: FieldChoice): RecordWriter {
  const [valueName = '', ...others] = valueFieldsOf(valueField);
  if (others.length > 0)
    throw new UsageError(
      `a record must have all of the fields that the service reads (valueField=${valueField}), and here each reading is a record of its own; let the service read one field, or one pattern such as ${valueName}*`,
    );
  const frame = frameWriter({ seriesIdField, timestampField }, [valueName]);
  const split = isNamePattern(valueName) ? splitter(valueName, [seriesIdField, timestampField]) : undefined;
  const setValue = fieldSetter(valueName);
  return {
    field: split === undefined ? valueName : nameLike(valueName),
    nameOf(series, column) {
      if (split === undefined || column === undefined) return series;
      const withField = seriesOfField(series, column);
      return split(withField) === undefined ? series : withField;
    },
    write({ seriesId: series, timestamp, value, eventId }) {
      const found = split === undefined ? { device: series, field: undefined } : split(series);
      if (found === undefined)
        throw new FailedError(
          `the service makes a series of each field that is like its valueField=${valueField}, so a series is named <series>/<field> with such a field; got '${series.slice(0, 80)}'`,
        );
      const { device: id, field } = found;
      const common = { seriesId: id, timestamp, ...(eventId !== undefined && { eventId }) };
      return frame(common, (record) => (field === undefined ? setValue : fieldSetter(field))(record, value));
    },
  };
}

/**
 * Writes records: what is common to all values of each, and then its values.
 *
 * @param valueNames - the fields of the values, or patterns of them
 * @throws UsageError if the service reads one of these fields of the ids
 */
export function frameWriter(
  { seriesIdField, timestampField }: Omit<FieldChoice, 'valueField'>,
  valueNames: readonly string[],
) {
  const used = [seriesIdField, timestampField, ...valueNames].find(isOfEventId);
  if (used !== undefined)
    throw new UsageError(
      `readings have their ids in 'eventId', and the service reads '${used}' for something else`,
    );
  const isOfKey = seriesIdField === streamWords.seriesId;
  const setSeries = isOfKey ? () => {} : fieldSetter(seriesIdField);
  const setTime = timestampField === streamWords.timestamp ? () => {} : fieldSetter(timestampField);
  return (
    { seriesId, timestamp, eventId }: Omit<ServiceReading, 'value'>,
    setValues: (record: Record<string, unknown>) => void,
  ): ServiceRecord => {
    if (isOfKey && seriesId.length > kinesisLimits.partitionKeyCharacters)
      throw new FailedError(
        `the service takes the key of a record for its series (seriesIdField=${seriesIdField}), and a key has at most ${kinesisLimits.partitionKeyCharacters} characters; got a series of ${seriesId.length}`,
      );
    // Without a prototype, a field named __proto__ is a field like others.
    const record: Record<string, unknown> = Object.create(null);
    setSeries(record, seriesId);
    setTime(record, timestamp);
    setValues(record);
    if (eventId !== undefined) record.eventId = eventId;
    return { seriesId, toJSON: () => record };
  };
}

const isOfEventId = (field: string) => /^eventId(\.|$)/.test(field);

/** A name that is like a pattern. */
function nameLike(pattern: string): string {
  return pattern.replaceAll('*', '').replaceAll('?', '1') || 'value';
}

/** Splits `d1/temperature`, if the field is like the pattern. */
function splitter(pattern: string, taken: readonly string[]) {
  const matches = namePattern(pattern);
  const isTaken = (field: string) =>
    isOfEventId(field) || taken.some((other) => other === field || other.startsWith(`${field}.`));
  return (series: string) => {
    const found = fieldOfSeries(series);
    return found !== undefined && matches(found.field) && !isTaken(found.field) ? found : undefined;
  };
}

/** @throws UsageError if the service takes the time of arrival for the time of a reading, which would be another one */
export function refuseArrival({ timestampField }: FieldChoice, whose: string): void {
  if (timestampField !== streamWords.timestamp) return;
  throw new UsageError(
    `the service takes the time at which a record arrives for its time (timestampField=${timestampField}), so ${whose} would be lost; let the service read the time from a field`,
  );
}
