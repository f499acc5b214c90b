import { PassThrough } from 'node:stream';
import { optionTable, resolveOptions } from '@aed/core';
import { describe, expect, test } from 'vitest';
import { fillTables } from '../../bench/page-tables.ts';
import { tables } from '../../bench/settings/tables.ts';
import { flagsOf, inReadings } from '../../cli/detector-options.ts';
import { optionsInWords } from '../../cli/options-in-words.ts';
import { createProgram } from '../../cli/run.ts';
import { variableOf } from '../../lambda/settings.ts';
import { textOf } from '../pages.ts';
import { optionNames, rowOf } from './other-options.ts';

const program = await createProgram({
  input: new PassThrough(),
  out: new PassThrough(),
  error: new PassThrough(),
  signal: new AbortController().signal,
  environment: {},
});
const helps = program.commands
  .filter((command) => command.options.some(({ long }) => long === '--alpha'))
  .map((command) => [command.name(), command.helpInformation().replaceAll(/\s+/g, ' ')] as const);

test('several commands detect', () => {
  expect(helps.map(([name]) => name)).toEqual(expect.arrayContaining(['local', 'validate', 'detect']));
});

/** Each option makes a difference with some of these. */
const inForce = [
  resolveOptions(),
  resolveOptions({ falseAlarmEvery: 1000 }),
  resolveOptions({ statistic: 'scan', period: 24, interval: 3600 }),
];
const compact = (text: string) => text.toLowerCase().replaceAll(' ', '');

describe.each(optionNames)('%s is shown', (name) => {
  const row = rowOf(name);

  test.each(helps)('in the help of aed %s: flag, meaning, default, choices', (_, help) => {
    const from = help.indexOf(flagsOf(name, row));
    expect(from).toBeGreaterThan(-1);
    const shown = help.slice(from, help.indexOf(' --', from + flagsOf(name, row).length));
    expect(shown).toContain(inReadings(row.meaning));
    expect(shown).toContain(
      name === 'practicalThreshold' ? '(default: ' : `(default: ${String(row.default)})`,
    );
    for (const choice of row.choices ?? []) expect(shown).toContain(`"${choice}"`);
  });

  test('in the tables of docs/settings.md', () => {
    const page = textOf('docs/settings.md');
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\| .*\\| ${row.meaning} \\| `, 'm'));
    expect(page).toContain(`| \`${variableOf(name)}\` | \`${name}\` |`);
  });

  test('in the table of core/README.md, with its default', () => {
    const shownDefault = row.kind === 'choice' ? `\`'${row.default}'\`` : String(optionTable[name].default);
    const cells = textOf('core/README.md')
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .find(([, first]) => first === `\`${name}\``);
    expect(cells?.[2]).toBe(shownDefault);
  });

  test('in the report of a validation', () => {
    const shown = inForce.map((options) => optionsInWords(options).split(', ').map(compact));
    const expected = inForce.map((options) => compact(`${name}${String(options[name])}`));
    expect(expected.some((words, index) => shown[index]?.includes(words))).toBe(true);
  });
});

test('docs/settings.md is what npx tsx bench/settings/page.ts writes', () => {
  const page = textOf('docs/settings.md');
  for (const name of Object.keys(tables)) expect(page).toContain(`<!-- table: ${name} -->`);
  expect(fillTables(page, tables)).toBe(page);
});
