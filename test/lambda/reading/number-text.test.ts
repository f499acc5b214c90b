import { expect, test } from 'vitest';
import { numberReader } from '../../../lambda/reading/number-text.ts';

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
