import { fieldSettings, formatSettings, streamWords } from '../field-settings.ts';
import type { EpochUnit } from '../reading/epoch-time.ts';
import { fieldReader } from '../reading/field-path.ts';
import { plainNumber } from '../reading/number-text.ts';
import type { RecordSettings } from '../record-settings.ts';
import { type ValueFields, valueFields } from './value-fields.ts';

/** Finds what makes an event in a JSON object. */
export interface EventReading {
  /** What is called the series, and the time, in errors. */
  readonly names: { readonly seriesId: string; readonly timestamp: string };
  /** `undefined` where the key of the record is the series. */
  readonly seriesId: ((candidate: unknown) => unknown) | undefined;
  /** `undefined` where the arrival of the record is the time. */
  readonly timestamp: ((candidate: unknown) => unknown) | undefined;
  /** Of times that are numbers; `undefined` if it is told by their size. */
  readonly unit: EpochUnit | undefined;
  readonly values: ValueFields;
  /** The number in a field; NaN if it is none, or not finite. */
  number(value: unknown): number;
}

/** How events are read by these settings. A setting that is not given has its default. */
export function eventReading(given: Partial<RecordSettings> = {}): EventReading {
  const { seriesIdField, timestampField, valueField, timestampUnit, numbersAsText } = {
    ...defaultRecordSettings,
    ...given,
  };
  return {
    names: { seriesId: seriesIdField, timestamp: timestampField },
    seriesId: seriesIdField === streamWords.seriesId ? undefined : fieldReader(seriesIdField),
    timestamp: timestampField === streamWords.timestamp ? undefined : fieldReader(timestampField),
    unit: timestampUnit === 'auto' ? undefined : timestampUnit,
    values: valueFields(valueField, [seriesIdField, timestampField, 'eventId']),
    number: numbersAsText ? numberOrText : finiteNumber,
  };
}

const defaultRecordSettings: RecordSettings = {
  seriesIdField: fieldSettings.seriesIdField.default,
  timestampField: fieldSettings.timestampField.default,
  valueField: fieldSettings.valueField.default,
  timestampUnit: formatSettings.timestampUnit.default,
  numbersAsText: formatSettings.numbersAsText.default,
};

function finiteNumber(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : Number.NaN;
}

function numberOrText(value: unknown): number {
  return typeof value === 'string' ? plainNumber(value) : finiteNumber(value);
}
