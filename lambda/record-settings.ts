import { streamWords, valueFieldsOf } from './field-settings.ts';
import type { EpochUnit } from './reading/epoch-time.ts';
import { isNamePattern } from './reading/name-pattern.ts';

/** The settings by which events are found in records. */
export interface RecordSettings {
  readonly seriesIdField: string;
  readonly timestampField: string;
  readonly valueField: string;
  readonly timestampUnit: 'auto' | EpochUnit;
  readonly numbersAsText: boolean;
}

/**
 * Refuses settings that can never match together: one field for two things, a field inside of one that holds text or a number, and a
 * unit where no record has a time.
 *
 * @param nameOf - what a setting is called where its value comes from
 * @throws RangeError naming the setting, the rule and the value
 */
export function refuseUnmatched(
  { seriesIdField, timestampField, valueField, timestampUnit }: RecordSettings,
  nameOf = (name: string) => name,
): void {
  const others = [
    ...(seriesIdField === streamWords.seriesId ? [] : [['seriesIdField', seriesIdField] as const]),
    ...(timestampField === streamWords.timestamp ? [] : [['timestampField', timestampField] as const]),
  ];
  const all = [...others, ...valueFieldsOf(valueField).map((field) => ['valueField', field] as const)];
  for (const [name, field] of all) {
    for (const [other, outer] of all) {
      if (name === 'valueField' && other !== name && field === outer)
        throw new RangeError(`${nameOf(name)} must differ from ${nameOf(other)}, got '${valueField}'`);
      if (isNamePattern(outer) || !field.startsWith(`${outer}.`)) continue;
      throw new RangeError(
        `${nameOf(name)} must not lead into another field, got '${field}': it can never match, because ${nameOf(other)} says that '${outer}' is no object`,
      );
    }
  }
  if (timestampField === streamWords.timestamp && timestampUnit !== 'auto')
    throw new RangeError(
      `${nameOf('timestampUnit')} must be 'auto' where ${nameOf('timestampField')} is '${timestampField}', got '${timestampUnit}'`,
    );
}
