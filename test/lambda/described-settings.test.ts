import { describe, expect, test } from 'vitest';
import { fieldSettings, formatSettings, streamWords, valueFieldsOf } from '../../lambda/field-settings.ts';
import { epochUnitNames, epochUnits } from '../../lambda/reading/epoch-time.ts';
import { refuseUnmatched } from '../../lambda/record-settings.ts';
import { serviceOptionTable } from '../../lambda/service-options.ts';
import { eventSettings } from '../../lambda/settings.ts';
import { timeSpan, timeSpanRule } from '../../lambda/time-span.ts';

const settings = { ...fieldSettings, ...formatSettings, ...eventSettings };

test.each(Object.entries(settings))('%s is described for people', (_, { meaning, rule, defaultWords }) => {
  expect(meaning).toMatch(/^[a-z`].{10,}[^.\s]$/);
  expect(rule).toMatch(/^\S.*\S$/);
  expect(defaultWords).toMatch(/^\S+$/);
});

test.each(Object.entries(settings))('%s may have its default', (name, row) => {
  const { fromText, toText } = row as {
    fromText(name: string, text: string): unknown;
    toText(value: unknown): string;
  };
  expect(fromText(name, toText(row.default))).toBe(row.default);
  expect(toText(row.default)).toBe(row.defaultWords);
});

test('the default fields differ, and are found together', () => {
  const [seriesIdField, timestampField, valueField] = Object.values(fieldSettings).map((row) => row.default);
  expect([seriesIdField, timestampField, valueField]).toEqual(['seriesId', 'timestamp', 'value']);
  expect(fieldSettings.timestampField.differsFrom).toEqual(['seriesIdField']);
  expect(fieldSettings.valueField.differsFrom).toEqual(['seriesIdField', 'timestampField']);
});

test('every option of the service has a rule, a meaning and a default', () => {
  for (const { rule, meaning } of Object.values(serviceOptionTable)) {
    expect(rule).toMatch(/\S/);
    expect(meaning).toMatch(/\S/);
  }
});

test('units of time are named', () => {
  expect(epochUnits.map((unit) => epochUnitNames[unit])).toEqual([
    'seconds',
    'milliseconds',
    'microseconds',
    'nanoseconds',
  ]);
  expect(formatSettings.timestampUnit.words).toEqual(['auto', ...epochUnits]);
});

test('the rule of a length of time names some that are one', () => {
  const [, ...examples] = /such as (.+), (.+), (.+), (.+) or (.+)/.exec(timeSpanRule) ?? [];
  expect(examples).toHaveLength(5);
  for (const example of examples) expect(timeSpan(example)).toBeGreaterThan(0);
});

describe('the name of a field', () => {
  const { seriesIdField, valueField } = fieldSettings;

  test.each(['a', 'a.b.c', 'é 🔥', 'x'.repeat(255), streamWords.seriesId])('may be %j', (text) => {
    expect(seriesIdField.fromText('name', text)).toBe(text);
    expect(valueField.fromText('name', text)).toBe(text);
  });

  test.each(['', 'a..b', '.a', 'a.', '.', 'a\nb', 'x'.repeat(256), '\u200b'])('may not be %j', (text) => {
    expect(() => seriesIdField.fromText('name', text)).toThrow(RangeError);
    expect(() => valueField.fromText('name', text)).toThrow(RangeError);
    expect(() => valueField.fromText('name', `a,${text}`)).toThrow(RangeError);
  });

  test('may come with others, up to fifty, each once', () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`).join(', ');
    expect(valueField.fromText('name', names(50))).toBe(names(50));
    expect(valueFieldsOf(names(3))).toEqual(['v0', 'v1', 'v2']);
    expect(() => valueField.fromText('name', names(51))).toThrow(/at most 50 names and 1000 characters/);
    const long = [...'abcde'].map((letter) => letter.repeat(199));
    expect(valueField.fromText('name', `${long.join(',')}b`)).toHaveLength(1000);
    expect(() => valueField.fromText('name', `${long.join(',')}bc`)).toThrow(
      /at most 50 names and 1000 characters/,
    );
    expect(() => valueField.fromText('name', 'a, b,a')).toThrow(
      "name must name each field once, got 'a, b,a'",
    );
  });
});

describe('settings of records', () => {
  const usual = {
    seriesIdField: 'seriesId',
    timestampField: 'timestamp',
    valueField: 'value',
    timestampUnit: 'auto',
    numbersAsText: false,
  } as const;

  test.each<Partial<Parameters<typeof refuseUnmatched>[0]>>([
    {},
    { seriesIdField: 'device.id', timestampField: 'device.at', valueField: 'device.temp' },
    { seriesIdField: 'a', valueField: 'ab.c' },
    { seriesIdField: 'a.b', valueField: 'a*' },
    { valueField: 'a*,a.b' },
    { seriesIdField: 'partitionKey', valueField: 'partitionKey' },
    { timestampField: 'arrival', valueField: 'arrival.x' },
    { timestampUnit: 'ns' },
    { seriesIdField: 'same', timestampField: 'same' },
  ])('can match together: %j', (given) => {
    expect(() => refuseUnmatched({ ...usual, ...given })).not.toThrow();
  });

  test.each<[Partial<Parameters<typeof refuseUnmatched>[0]>, string]>([
    [{ valueField: 'a,timestamp' }, "valueField must differ from timestampField, got 'a,timestamp'"],
    [{ valueField: 'seriesId' }, "valueField must differ from seriesIdField, got 'seriesId'"],
    [
      { seriesIdField: 'a', timestampField: 'a.b' },
      "timestampField must not lead into another field, got 'a.b'",
    ],
    [
      { seriesIdField: 'a.b', timestampField: 'a' },
      "seriesIdField must not lead into another field, got 'a.b'",
    ],
    [{ valueField: 'a,a.b' }, "valueField must not lead into another field, got 'a.b'"],
    [{ valueField: 'timestamp.*' }, "valueField must not lead into another field, got 'timestamp.*'"],
    [
      { timestampField: 'arrival', timestampUnit: 'ms' },
      "timestampUnit must be 'auto' where timestampField is 'arrival', got 'ms'",
    ],
  ])('cannot match together: %j', (given, message) => {
    expect(() => refuseUnmatched({ ...usual, ...given })).toThrow(RangeError);
    expect(() => refuseUnmatched({ ...usual, ...given })).toThrow(message);
    expect(() => refuseUnmatched({ ...usual, ...given }, (name) => `--${name}`)).toThrow(/^--\w+ must .*/);
  });

  test('the error says which field is no object', () => {
    expect(() => refuseUnmatched({ ...usual, seriesIdField: 'a', valueField: 'a.b' })).toThrow(
      "valueField must not lead into another field, got 'a.b': it can never match, because seriesIdField says that 'a' is no object",
    );
  });
});
