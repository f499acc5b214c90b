import { optionTable } from '@aed/core';
import { describe, expect, test } from 'vitest';
import { recorderEnvironment } from '../../lambda/environment/recorder.ts';
import { fieldSettings } from '../../lambda/field-settings.ts';
import type { SettingRow } from '../../lambda/setting-row.ts';
import { eventSettings } from '../../lambda/settings.ts';
import { type SettingName, settingRows, settingsTable } from '../../lib/settings-table.ts';
import { textOf } from '../pages.ts';
import { allResources, asText, propertiesOf, synthesize, withProps } from './synthesize.ts';

const byDefault = allResources(synthesize());
const settingsPage = textOf('docs/settings.md').split('\n');

/** Texts of which each setting allows one that is not its default. */
const texts = [
  'on',
  'destroy',
  '7',
  '48',
  's',
  'other',
  'me@example.org',
  '2026-01-31T12:00:00.000Z',
  'off',
  '50000',
];

/** Settings that are nowhere in the template: they say what must not be deployed. */
const onlyChecks: readonly string[] = ['shardsNow'];

function otherText(name: SettingName, row: SettingRow<unknown>): string {
  const found = texts.find((text) => valueIn(text, name, row) !== row.default);
  if (found === undefined) throw new Error(`none of ${texts} is allowed for ${name}: ${row.rule}`);
  return found;
}

/** The value in a text; the default, if the text is not allowed. */
function valueIn(text: string, name: string, row: SettingRow<unknown>): unknown {
  try {
    return row.fromText(name, text);
  } catch {
    return row.default;
  }
}

describe.each(settingRows)('the row of %s', (name, row) => {
  const text = otherText(name, row);

  test('writes the text that it reads', () => {
    expect(row.toText(row.fromText(name, text))).toBe(text);
  });

  test('has a default that keeps its rule', () => {
    if (row.default !== undefined) expect(row.fromText(name, row.toText(row.default))).toBe(row.default);
  });

  test(`${onlyChecks.includes(name) ? 'refuses' : 'changes'} what is deployed`, () => {
    const deployed = () => allResources(synthesize({ [name]: text }));
    if (onlyChecks.includes(name)) expect(deployed).toThrow(RangeError);
    else expect(deployed()).not.toEqual(byDefault);
  });

  test('is in docs/settings.md, with its default and what it does', () => {
    const line = settingsPage.find((one) => one.startsWith(`| \`${name}\` |`));
    expect(row.meaning).not.toBe('');
    for (const words of [row.meaning, row.defaultWords]) expect(line).toContain(words);
  });

  test('differs from settings that there are', () => {
    for (const other of row.differsFrom) expect(settingsTable).toHaveProperty(other);
  });
});

test('no setting is called as an option of the detector', () => {
  const options = Object.keys(optionTable);
  expect(settingRows.filter(([name]) => options.includes(name))).toEqual([]);
});

test('what the recorder reads is what was set', () => {
  const rows = Object.entries({ ...fieldSettings, ...eventSettings });
  const wanted = Object.fromEntries(rows.map(([name], index) => [name, String(index + 1)]));
  const { Environment } = propertiesOf(synthesize(wanted), 'AWS::Lambda::Function', 'IngestionRecorder');
  const variables = Object.entries((Environment as { Variables: object }).Variables);
  const told = recorderEnvironment.read(
    Object.fromEntries(variables.map(([name, value]) => [name, asText(value)])),
  );
  for (const [name, row] of rows) {
    expect(told).toHaveProperty(name, row.fromText(name, wanted[name] ?? ''));
  }
});

test('the construct has the same defaults', () => {
  expect(allResources(withProps(() => ({})))).toEqual(byDefault);
});

/** Settings that are no props, or props of another shape. */
const otherProps = ['stackName', 'removal', 'customerManagedKey', ...Object.keys(fieldSettings)];
const props = [
  'ingestion',
  'detection',
  'destinations',
  'people',
  'monitoring',
  'record-stream',
  'rules-table',
  'service-tables',
  'storage',
  'table-capacity',
]
  .map((file) => textOf(`lib/${file}.ts`))
  .join('\n');

test.each(settingRows.filter(([name]) => !otherProps.includes(name)))(
  'the doc comment of the prop %s says its default',
  (name, { kind, default: value, defaultWords }) => {
    const comments = [
      ...props.matchAll(new RegExp(`@default (.*?)(?:\\n +)?\\*/\\n +readonly ${name}\\?:`, 'g')),
    ];
    expect(new Set(comments.map(([, said = '']) => said.trim()))).toEqual(
      new Set([kind === 'switch' ? String(value) : defaultWords]),
    );
  },
);

test('the doc comments of the other props say their defaults', () => {
  const names = Object.values(fieldSettings).map(({ defaultWords }) => defaultWords);
  expect(props).toMatch(new RegExp(`@default ${names.join(', ')}\\n +\\*/\\n +readonly fields\\?:`));
  const { default: removal } = settingsTable.removal;
  expect(removal).toBe('keep');
  expect(props).toMatch(
    /@default RemovalPolicy\.RETAIN_ON_UPDATE_OR_DELETE\n +\*\/\n +readonly removalPolicy\?:/,
  );
});
