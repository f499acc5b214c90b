import { expect, test } from 'vitest';
import { numberReader, plainNumber, saysMissing } from '../../../lambda/reading/number-text.ts';

test.each([
  ['.', ',', '1,234,567.5'],
  [',', '.', '1.234.567,5'],
  ['.', ' ', '1 234 567.5'],
  ['.', ' ', '1\u00a0234\u202f567.5'],
  ['.', ' ', '1\u2009234\u2009567.5'],
  ['.', "'", "1'234'567.5"],
  ['.', "'", '1’234’567.5'],
  [',', "'", "1'234'567,5"],
] as const)('a decimal %s and thousands %s: %s', (decimal, thousands, text) => {
  const read = numberReader({ decimal, thousands });
  expect([read(text), read(`-${text}`), read(`\u2212${text}`)]).toEqual([1234567.5, -1234567.5, -1234567.5]);
});

test.each([
  ['.', ',', '1,23'],
  ['.', "'", "1'23'456"],
  ['.', "'", '1234’567'],
  [',', '.', '1.234.56'],
  ['.', ' ', '1-234'],
] as const)('no number with a decimal %s and thousands %s: %s', (decimal, thousands, text) => {
  expect(numberReader({ decimal, thousands })(text)).toBeNaN();
});

test.each([
  ['0', 0],
  ['-0.5', -0.5],
  ['+7', 7],
  ['.5', 0.5],
  ['5.', 5],
  ['1e3', 1000],
  ['1.5E-3', 0.0015],
  ['\u22121', -1],
  ['\u20131e\u22122', -0.01],
])('%s is the number %d as in JSON, nearly', (text, number) => {
  expect(plainNumber(text)).toBe(number);
  expect(numberReader({ decimal: '.' })(text)).toBe(number);
  expect(numberReader({ decimal: ',' })(text.replace('.', ','))).toBe(number);
});

test.each([
  '',
  ' ',
  '.',
  '-',
  'e5',
  '1e',
  '0x10',
  '1_000',
  ' 1',
  '1 ',
  'Infinity',
  '-Infinity',
  'NaN',
  '1e999',
  '--1',
  '1,5',
])('%j is none', (text) => {
  expect(plainNumber(text)).toBeNaN();
});

test.each([
  '',
  '-',
  '\u2014',
  '?',
  '.',
  'NA',
  'n/a',
  'N/A.',
  '<NA>',
  'nd',
  'NaT',
  'null',
  '(null)',
  '\\N',
  'None',
  'nil',
])('%j says that a value is missing', (text) => {
  expect(saysMissing(text)).toBe(true);
});
test.each([
  'undefined',
  'missing',
  'No data',
  'unknown',
  'unavailable',
  '#N/A',
  '#VALUE!',
  '#DIV/0!',
  'nan',
  '-NaN',
  'nan(ind)',
  '-nan(snan)',
  '1.#QNAN',
  '-1.#IND00',
])('%j says so, too', (text) => {
  expect(saysMissing(text)).toBe(true);
});
test.each(['0', 'x', 'nano', 'not null', 'nothing', '#', '1.#', 'nan(', '??', 'na na', 'unknown value'])(
  '%j does not',
  (text) => {
    expect(saysMissing(text)).toBe(false);
  },
);
