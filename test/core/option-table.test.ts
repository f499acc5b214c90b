import { readFileSync } from 'node:fs';
import {
  AedDetector,
  type DetectorState,
  type OptionTexts,
  optionsFromText,
  optionsToText,
  optionTable,
  resolveOptions,
} from '@aed/core';
import { describe, expect, test } from 'vitest';
import { optionCases, optionNames } from './option-values.ts';

describe.each(optionNames)('the row of %s', (name) => {
  const row = optionTable[name];
  const defaults = { ...resolveOptions() };

  test('has a default that keeps its rule', () => {
    expect(defaults[name]).toBe(row.default);
    expect(row.holds(row.default, defaults)).toBe(true);
  });

  test('says in one line what the option does and what it trades', () => {
    for (const line of [row.meaning, row.trades]) expect(line).toMatch(/^[a-z'].*[^.\n]$/);
  });

  test('has a doc comment with its rule and its default, for editors', () => {
    const source = readFileSync(new URL('../../core/src/options.ts', import.meta.url), 'utf8');
    const [, comment = ''] = new RegExp(`/\\*\\*((?:(?!\\*/).)*)\\*/\\s*${name}: `, 's').exec(source) ?? [];
    const words = comment.replaceAll(/\s*\n\s*\* ?/g, ' ');
    const shown = row.kind === 'choice' ? `\`'${row.default}'\`` : String(row.default);
    expect(words).toContain(` Default ${shown}.`);
    for (const part of row.choices ?? [row.rule]) expect(words).toContain(part);
    if (row.unit === 'unit of the data') expect(words).toContain('in the unit of the data');
  });

  test('refuses a value by its rule', () => {
    const message = `${name} must be ${row.ruleFor(defaults)}, got a value of type object`;
    expect(() => resolveOptions({ [name]: {} })).toThrow(new RangeError(message));
  });

  test.each([['x'], [''], [' '], ['0x'], ['NaN'], ['-Infinity']])('refuses the text %j', (text) => {
    const message = `${name} must be ${row.textRule}, got '${text}'`;
    expect(() => optionsFromText({ [name]: text })).toThrow(new RangeError(message));
  });
});

test('no two options have the same letter', () => {
  const letters = optionNames.flatMap((name) => optionTable[name].letter ?? []);
  expect(letters).toEqual(['a', 'p', 'x', 'w']);
  expect(new Set(letters).size).toBe(letters.length);
});

describe.each(optionCases)('$name: $value comes through', ({ name, value, given, options }) => {
  test('resolving', () => {
    const { statistic } = options;
    expect(options).toEqual({ ...resolveOptions({ statistic }), [name]: value });
  });

  test('text', () => {
    expect(optionsFromText(optionsToText(options))).toEqual(options);
    expect(optionsFromText({ [name]: optionsToText(options)[name] })).toEqual(given);
  });

  test('JSON', () => {
    const state = JSON.parse(JSON.stringify(new AedDetector(given))) as DetectorState;
    expect(AedDetector.fromJSON(state).options).toEqual(options);
  });

  test('bytes', () => {
    expect(AedDetector.fromBytes(new AedDetector(given).toBytes()).options).toEqual(options);
  });
});

describe('options from text', () => {
  test('are those that are given', () => {
    expect(optionsFromText({ alpha: '1e-3', startup: undefined, restart: 'change' })).toEqual({
      alpha: 0.001,
      restart: 'change',
    });
  });

  test('are not yet checked: other rules than those of the table may hold for them', () => {
    expect(optionsFromText({ alpha: '2', window: '0.5' })).toEqual({ alpha: 2, window: 0.5 });
  });

  test.each<[OptionTexts, string]>([
    [{ alpha: 'x' }, "alpha must be a number, got 'x'"],
    [{ practicalThreshold: 'Infinity' }, "practicalThreshold must be a number, got 'Infinity'"],
    [{ restart: 'never' }, "restart must be 'detection' or 'change', got 'never'"],
    [{ alpha: 0.05 } as unknown as OptionTexts, 'alpha must be text, got 0.05'],
    [{ restart: null } as unknown as OptionTexts, 'restart must be text, got null'],
    [{ treshold: '3' } as OptionTexts, `option must be one of ${optionNames.join(', ')}, got 'treshold'`],
  ])('%j is refused', (texts, message) => {
    expect(() => optionsFromText(texts)).toThrow(new RangeError(message));
  });
});
