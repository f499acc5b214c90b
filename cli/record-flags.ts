import { type Command, Option } from 'commander';
import { recordVariables } from '../lambda/environment/recorder.ts';
import { fieldSettings, formatSettings } from '../lambda/field-settings.ts';
import { type RecordSettings, refuseUnmatched } from '../lambda/record-settings.ts';
import { refuseSameValues, type SettingRow } from '../lambda/setting-row.ts';
import { variableOf } from '../lambda/settings.ts';
import { flagOf } from './flag-name.ts';

/** The settings of a service that names none. */
export const defaultRecordSettings: RecordSettings = recordVariables.read({});

/** How events are found in records, as the command line says it: as text, or `true` for a switch. */
export type RecordFlags = { readonly [Name in keyof RecordSettings]?: string | boolean };

const rows = Object.entries({ ...fieldSettings, ...formatSettings }) as readonly (readonly [
  keyof RecordSettings,
  SettingRow<unknown>,
])[];

/** The settings that have a flag. */
export const recordFlagNames: readonly string[] = rows.map(([name]) => name);

/** The variable of a shell that says the same as a flag of records, for commands that write them. */
export function recordVariable(name: string): string {
  return `AED_${variableOf(name)}`;
}

/**
 * The flags by which a command is told how events are found in records: one for each setting.
 *
 * @param writes - whether the command writes records for a service: then variables may say it, too, and the default is what `aed local` reads
 */
export function addRecordFlags(command: Command, writes = false): Command {
  command.optionsGroup('Records:');
  for (const [name, { kind, meaning, words, defaultWords }] of rows) {
    const flag = flagOf(name);
    const text = `${meaning} (default: ${writes ? 'as `aed local` has it, else ' : ''}${defaultWords})`;
    if (kind === 'switch') command.option(flag, meaning);
    else if (kind === 'choice') command.addOption(new Option(`${flag} <choice>`, text).choices(words));
    else {
      const option = new Option(`${flag} <name>`, text);
      command.addOption(writes ? option.env(recordVariable(name)) : option);
    }
  }
  return command;
}

/**
 * The settings that these flags say.
 *
 * @param otherwise - what holds where a flag is not given
 * @throws RangeError naming the flag, its rule and the text
 */
export function recordSettingsOf(flags: RecordFlags, otherwise = defaultRecordSettings): RecordSettings {
  function settingOf<Name extends keyof RecordSettings>(
    name: Name,
    row: SettingRow<RecordSettings[Name]>,
  ): RecordSettings[Name] {
    const given = flags[name];
    return given === undefined
      ? otherwise[name]
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
  return values;
}
