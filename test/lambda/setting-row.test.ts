import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  choiceSetting,
  integerOrWordSetting,
  integerSetting,
  optionalTextSetting,
  optionalTimeSetting,
  refuseSameValues,
  type SettingRow,
  switchSetting,
  textSetting,
} from '../../lambda/setting-row.ts';

afterEach(() => vi.useRealTimers());

const meaning = 'what it does';
const name = { pattern: /^[a-z]+$/, rule: 'small letters', meaning };
const rows = {
  integer: integerSetting({ default: 5, least: 0, most: 10, unit: 'days', meaning }),
  orWord: integerOrWordSetting({ default: 'none', word: 'none', least: 1, most: 10, meaning }),
  text: textSetting({ ...name, default: 'abc', differsFrom: ['other'] }),
  optional: optionalTextSetting({ ...name, without: 'made by CloudFormation' }),
  time: optionalTimeSetting({ meaning, without: 'from now on' }),
  choice: choiceSetting({ words: ['first', 'second'], meaning }),
  off: switchSetting(meaning),
  on: switchSetting(meaning, true),
};

test.each<[keyof typeof rows, Partial<SettingRow<unknown>>]>([
  ['integer', { kind: 'integer', default: 5, defaultWords: '5', unit: 'days', words: [], differsFrom: [] }],
  ['orWord', { kind: 'integer', default: 'none', defaultWords: 'none', unit: undefined, words: ['none'] }],
  ['text', { kind: 'text', default: 'abc', defaultWords: 'abc', words: [], differsFrom: ['other'] }],
  ['optional', { kind: 'text', default: undefined, defaultWords: 'made by CloudFormation', words: [] }],
  ['time', { kind: 'text', default: undefined, defaultWords: 'from now on', differsFrom: [] }],
  ['choice', { kind: 'choice', default: 'first', defaultWords: 'first', words: ['first', 'second'] }],
  ['off', { kind: 'switch', default: false, defaultWords: 'off', words: ['off', 'on'] }],
  ['on', { kind: 'switch', default: true, defaultWords: 'on', words: ['on', 'off'] }],
])('%s is described', (row, description) => {
  expect(rows[row]).toMatchObject({ ...description, meaning });
});

test.each<[keyof typeof rows, string, unknown]>([
  ['integer', '0', 0],
  ['integer', '10', 10],
  ['orWord', 'none', 'none'],
  ['orWord', '1', 1],
  ['text', 'xyz', 'xyz'],
  ['optional', 'xyz', 'xyz'],
  ['time', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
  ['choice', 'first', 'first'],
  ['choice', 'second', 'second'],
  ['off', 'on', true],
  ['off', 'off', false],
  ['on', 'on', true],
  ['on', 'off', false],
])('%s reads %j, and writes it so', (row, text, value) => {
  const { fromText, toText }: SettingRow<never> = rows[row] as SettingRow<never>;
  expect(fromText('name', text)).toBe(value);
  expect(toText(value as never)).toBe(text);
});

test('an absent text is written as an empty one', () => {
  expect([rows.optional.toText(undefined), rows.time.toText(undefined)]).toEqual(['', '']);
});

test('a time may be now, and no later', () => {
  vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') });
  expect(rows.time.fromText('since', '2026-01-01T00:00:00Z')).toBe('2026-01-01T00:00:00.000Z');
  expect(() => rows.time.fromText('since', '2026-01-01T00:00:00.001Z')).toThrow(RangeError);
});

test('a time is read in any form with a zone', () => {
  expect(rows.time.fromText('since', '2026-01-01 01:00+01:00')).toBe('2026-01-01T00:00:00.000Z');
});

describe('what breaks a rule is refused, and told with the name, the rule and the text', () => {
  const integers = 'an integer from 0 to 10';
  const ofWord = 'an integer from 1 to 10';
  const times = 'a time of ISO 8601 with a zone, and not in the future';
  test.each<[keyof typeof rows, string, string]>([
    ['integer', '-1', integers],
    ['integer', '11', integers],
    ['integer', '2.5', integers],
    ['integer', '', 'a number'],
    ['integer', ' ', 'a number'],
    ['integer', 'x', 'a number'],
    ['integer', 'Infinity', 'a number'],
    ['orWord', '0', ofWord],
    ['orWord', 'None', 'a number'],
    ['text', 'ABC', 'small letters'],
    ['optional', '', 'small letters'],
    ['time', '2026-01-01T00:00:00', times],
    ['time', '9999-01-01T00:00:00Z', times],
    ['time', '', times],
    ['choice', 'third', "'first' or 'second'"],
    ['off', 'true', "'off' or 'on'"],
    ['on', 'true', "'on' or 'off'"],
  ])('%s: %j', (row, text, rule) => {
    expect(() => rows[row].fromText('name', text)).toThrow(
      new RangeError(`name must be ${rule}, got '${text}'`),
    );
  });

  test('the rules of documents', () => {
    expect([rows.integer.rule, rows.orWord.rule, rows.text.rule, rows.time.rule, rows.on.rule]).toEqual([
      integers,
      `${ofWord}, or 'none'`,
      'small letters',
      times,
      "'on' or 'off'",
    ]);
  });
});

describe('settings that must differ', () => {
  const table = {
    one: textSetting({ ...name, default: 'a' }),
    two: optionalTextSetting({ ...name, without: 'made', differsFrom: ['one'] }),
    three: textSetting({ ...name, default: 'c', differsFrom: ['one', 'two'] }),
  };

  test.each([
    [{ one: 'a', two: 'b', three: 'c' }],
    [{ one: 'a', two: undefined, three: 'c' }],
    [{ one: undefined, two: undefined, three: 'c' }],
  ])('may be %j', (values) => {
    expect(() => refuseSameValues(table, values)).not.toThrow();
  });

  test.each([
    [{ one: 'a', two: 'a', three: 'c' }, "two must differ from one, got 'a'"],
    [{ one: 'a', two: 'b', three: 'a' }, "three must differ from one and two, got 'a'"],
    [{ one: 'a', two: 'b', three: 'b' }, "three must differ from one and two, got 'b'"],
  ])('may not be %j', (values, message) => {
    expect(() => refuseSameValues(table, values)).toThrow(new RangeError(message));
    expect(() => refuseSameValues(table, values, (one) => one.toUpperCase())).toThrow(/TWO|THREE/);
  });
});
