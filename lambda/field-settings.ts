import { epochUnits } from './reading/epoch-time.ts';
import { choiceSetting, type SettingRow, switchSetting, textSetting } from './setting-row.ts';

/** The names of the three fields in a record's JSON. Those with dots are paths into nested objects. */
export interface FieldNames {
  readonly seriesId: string;
  readonly timestamp: string;
  /** One or more, with commas between them. They may have `*` and `?`. */
  readonly value: string;
}

export const defaultFieldNames: FieldNames = { seriesId: 'seriesId', timestamp: 'timestamp', value: 'value' };

/** Words in place of the name of a field. What they name is taken from the stream, not from the record. */
export const streamWords = { seriesId: 'partitionKey', timestamp: 'arrival' } as const;

/** A key of a JSON object. It is passed in an environment variable, which must not have control characters. */
const printable = { pattern: /^\P{C}{1,255}$/u, rule: '1 to 255 printable characters' };
const path = {
  pattern: /^[^.]+(\.[^.]+)*$/,
  rule: 'names joined by single dots: an empty name can never match',
};

const mostValueFields = 50;
/** A function's environment has room for some 4,000 characters in all. */
const mostCharacters = 1_000;

/** The names of a record's three fields. */
export const fieldSettings = {
  seriesIdField: fieldPath({
    default: defaultFieldNames.seriesId,
    meaning:
      'name of the field that holds the series; `device.id` leads into a nested object, `partitionKey` is the key of the record in the stream',
  }),
  timestampField: fieldPath({
    default: defaultFieldNames.timestamp,
    meaning:
      'name of the field that holds the time, or a path to it; `arrival` is the time at which the stream took the record',
    differsFrom: ['seriesIdField'],
  }),
  valueField: valueFields({
    default: defaultFieldNames.value,
    meaning:
      'name of the field that holds the number, or a path to it. Several with commas between them, or a pattern such as `temp*`, make a series of each: `<series>/<name>`',
    differsFrom: ['seriesIdField', 'timestampField'],
  }),
};

/** How times and numbers are written. */
export const formatSettings = {
  timestampUnit: choiceSetting({
    words: ['auto', ...epochUnits],
    meaning: 'unit of times that are numbers since 1970; `auto` tells by their size',
  }),
  numbersAsText: switchSetting('a value may also be text that is a number, such as `"21.5"`'),
};

interface FieldRow {
  readonly default: string;
  readonly meaning: string;
  readonly differsFrom?: readonly string[];
}

function fieldPath(row: FieldRow): SettingRow<string> {
  const [text, steps] = [textSetting({ ...row, ...printable }), textSetting({ ...row, ...path })];
  return { ...text, fromText: (name, given) => steps.fromText(name, text.fromText(name, given)) };
}

function valueFields(row: FieldRow): SettingRow<string> {
  const one = fieldPath(row);
  return {
    ...one,
    rule: `up to ${mostValueFields} times ${one.rule}, with commas between them`,
    fromText(name, text) {
      const fields = valueFieldsOf(text);
      for (const field of fields) one.fromText(name, field);
      const wrong = (rule: string) => new RangeError(`${name} must ${rule}, got '${text}'`);
      if (fields.length > mostValueFields || text.length > mostCharacters)
        throw wrong(`have at most ${mostValueFields} names and ${mostCharacters} characters`);
      if (new Set(fields).size < fields.length) throw wrong('name each field once');
      return text;
    },
  };
}

/** The names in the setting `valueField`. */
export function valueFieldsOf(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}
