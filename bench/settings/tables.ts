import { type OptionName, type OptionRow, resolveOptions } from '@aed/core';
import { flagsOf } from '../../cli/detector-options.ts';
import { serviceOptionTable } from '../../lambda/service-options.ts';
import type { SettingRow } from '../../lambda/setting-row.ts';
import { variableOf } from '../../lambda/settings.ts';
import { settingRows } from '../../lib/settings-table.ts';
import { table } from '../page-tables.ts';

const options = Object.entries(serviceOptionTable) as readonly (readonly [OptionName, OptionRow<unknown>])[];

/** The tables of docs/settings.md by name, in Markdown, made from the tables in the code. */
export const tables: Readonly<Record<string, string>> = {
  detector: table(
    ['setting', 'default', 'unit or rule', 'meaning', 'what it trades'],
    options.map(([name, row]) => [
      code(name),
      defaultsOf(row),
      withUnit(row.unit, inCode(row.rule)),
      row.meaning,
      inCode(row.trades),
    ]),
  ),
  flags: table(
    ['flag', 'environment variable', 'setting'],
    options.map(([name, row]) => [
      flagsOf(name, row).replace(/ <.*$/, '').split(', ').map(code).join(', '),
      code(variableOf(name)),
      code(name),
    ]),
  ),
  deployment: table(
    ['setting', 'default', 'unit or rule', 'meaning'],
    settingRows.map(([name, row]) => [
      code(name),
      isNoWord(row) ? row.defaultWords : code(row.defaultWords),
      withUnit(row.unit, ruleOf(row)),
      row.meaning,
    ]),
  ),
};

/** The default, and that with the scan, if it is another. */
function defaultsOf(row: OptionRow<unknown>): string {
  const shown = (value: unknown) => (row.kind === 'choice' ? code(String(value)) : String(value));
  const [usual, withScan] = [{}, { statistic: 'scan' as const }].map((given) =>
    row.defaultFor(resolveOptions(given)),
  );
  return `${shown(row.default)}${usual === withScan ? '' : `; with the scan ${shown(withScan)}`}`;
}

/** A number, or what happens without a value. */
function isNoWord(row: SettingRow<unknown>): boolean {
  return typeof row.default === 'number' || row.default === undefined;
}

function withUnit(unit: string | undefined, rule: string): string {
  return unit === undefined ? rule : `${unit}; ${rule}`;
}

function ruleOf({ rule, differsFrom }: SettingRow<unknown>): string {
  const own = inCode(rule).replace(/of the characters (.+)$/, (_, characters) => `of ${code(characters)}`);
  return differsFrom.length === 0 ? own : `${own}; not the same as ${differsFrom.map(code).join(' or ')}`;
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Shows quoted words as code. */
function inCode(text: string): string {
  return text.replaceAll("'", '`');
}
