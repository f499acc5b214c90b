import { type Command, Option } from 'commander';
import { recordVariables } from '../lambda/environment/recorder.ts';
import { fieldSettings, formatSettings } from '../lambda/field-settings.ts';
import { type RecordSettings, refuseUnmatched } from '../lambda/record-settings.ts';
import { refuseSameValues, type SettingRow } from '../lambda/setting-row.ts';
import type { Environment } from '../lambda/settings.ts';
import { flagOf } from './flag-name.ts';

/** How events are found in records, as the command line says it: as text, or `true` for a switch. */
export type RecordFlags = { readonly [Name in keyof RecordSettings]?: string | boolean };

const rows = Object.entries({ ...fieldSettings, ...formatSettings }) as readonly (readonly [
  keyof RecordSettings,
  SettingRow<unknown>,
])[];

/** The flags by which a command is told how events are found in records: one for each setting. */
export function addRecordFlags(command: Command): Command {
  command.optionsGroup('Records:');
  for (const [name, { kind, meaning, words, defaultWords }] of rows) {
    const flag = flagOf(name);
    if (kind === 'switch') command.option(flag, meaning);
    else if (kind === 'choice')
      command.addOption(
        new Option(`${flag} <choice>`, `${meaning} (default: ${defaultWords})`).choices(words),
      );
    else command.option(`${flag} <name>`, `${meaning} (default: ${defaultWords})`);
  }
  return command;
}

/**
 * The same for the recorder, by the names of its variables.
 *
 * @throws RangeError naming the flag, its rule and the text
 */
export function environmentOfRecords(flags: RecordFlags): Environment {
  function settingOf<Value>(name: keyof RecordSettings, row: SettingRow<Value>): Value {
    const given = flags[name];
    return given === undefined
      ? row.default
      : row.fromText(flagOf(name), given === true ? 'on' : String(given));
  }
  const values: RecordSettings = {
    seriesIdField: settingOf('seriesIdField', fieldSettings.seriesIdField),
    timestampField: settingOf('timestampField', fieldSettings.timestampField),
    valueField: settingOf('valueField', fieldSettings.valueField),
    timestampUnit: settingOf('timestampUnit', formatSettings.timestampUnit),
    numbersAsText: settingOf('numbersAsText', formatSettings.numbersAsText),
  };
  refuseSameValues(fieldSettings, { ...values }, flagOf);
  refuseUnmatched(values, flagOf);
  return recordVariables.write(values);
}
