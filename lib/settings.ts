import { type OptionName, optionTable, type ResolvedOptions } from '@aed/core';
import type { FieldNames, fieldSettings } from '../lambda/field-settings.ts';
import { refuseUnmatched } from '../lambda/record-settings.ts';
import { refuseSameValues, type SettingRow } from '../lambda/setting-row.ts';
import { detectorOptionsFromText } from '../lambda/settings.ts';
import { refuseTooFewReserved } from './reserved-concurrency.ts';
import { type SettingValues, settingRows, settingsTable } from './settings-table.ts';
import { refuseTooManyAtOnce } from './shard-steps.ts';
import { capacityOf } from './table-capacity.ts';

/** The settings of one deployment. CloudFormation makes each name that is absent. */
export interface Settings extends Omit<SettingValues, keyof typeof fieldSettings> {
  /** What the records call their three fields. */
  readonly fields: FieldNames;
  readonly detector: ResolvedOptions;
}

/** The CDK context: settings from `cdk.json` and `-c name=value`, beside entries of CDK's own. */
export type Context = Readonly<Record<string, unknown>>;

/** The names of all settings. */
export const settingNames: readonly string[] = [...Object.keys(settingsTable), ...Object.keys(optionTable)];

/**
 * The settings of a deployment, checked.
 *
 * @throws RangeError naming the first setting that breaks its rule, the rule and the value
 */
export function settingsFromContext(context: Context): Settings {
  refuseUnknown(context);
  const values = settingValues(context);
  const { seriesIdField, timestampField, valueField, ...others } = values;
  const settings = {
    ...others,
    fields: { seriesId: seriesIdField, timestamp: timestampField, value: valueField },
    detector: detectorOptions(context),
  };
  refuseSameValues(settingsTable, values);
  refuseUnmatched(values);
  refuseTooFewReserved(settings);
  capacityOf(settings);
  refuseTooManyAtOnce(settings.shards, settings.shardsNow);
  if (settings.deletionProtection && settings.removal === 'destroy') {
    throw new RangeError("removal must be 'keep' where deletionProtection is on, got 'destroy'");
  }
  return settings;
}

function settingValues(context: Context): SettingValues {
  const values = settingRows.map(([name, row]) => {
    const text = row.kind === 'switch' ? switchText(context, name, row) : textOf(context, name);
    return [name, text === undefined ? row.default : row.fromText(name, text)];
  });
  return Object.fromEntries(values) as SettingValues;
}

function detectorOptions(context: Context): ResolvedOptions {
  const names = Object.keys(optionTable) as OptionName[];
  return detectorOptionsFromText(Object.fromEntries(names.map((name) => [name, textOf(context, name)])));
}

/** `-c` gives text; `cdk.json` may hold numbers. */
function textOf(context: Context, name: string): string | undefined {
  const value = context[name];
  if (value === undefined || typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new RangeError(`${name} must be text or a number, got ${JSON.stringify(value)}`);
}

/** `-c` gives `on` or `off`; `cdk.json` may also hold `true` or `false`. */
function switchText(
  context: Context,
  name: string,
  { rule, toText }: SettingRow<unknown>,
): string | undefined {
  const value = context[name];
  if (value === undefined || typeof value === 'string') return value;
  if (typeof value === 'boolean') return toText(value);
  throw new RangeError(`${name} must be ${rule}, got ${JSON.stringify(value)}`);
}

/** CDK's own context entries with plain names. Its other entries have a colon, a slash or an at sign in their names. */
const cdkWords = ['cli-telemetry', 'acknowledged-issue-numbers'];

/** Refuses an unknown name: a misspelt setting must not silently keep its default. */
function refuseUnknown(context: Context): void {
  const unknown = Object.keys(context).find(
    (key) => !settingNames.includes(key) && !cdkWords.includes(key) && !/[:/@]/.test(key),
  );
  if (unknown !== undefined) {
    throw new RangeError(`setting must be one of ${settingNames.join(', ')}, got '${unknown}'`);
  }
}
