import fc from 'fast-check';
import { expect, test } from 'vitest';
import { namePattern } from '../../../lambda/reading/name-pattern.ts';

test('a pattern matches what a regular expression of the same meaning matches', () => {
  const sign = fc.constantFrom('a', 'b', '.', '😀', '*', '?');
  const pattern = fc.array(sign, { maxLength: 8 }).map((signs) => signs.join(''));
  const name = fc
    .array(fc.constantFrom('a', 'b', '.', '😀', '😁'), { maxLength: 10 })
    .map((signs) => signs.join(''));
  fc.assert(
    fc.property(pattern, name, (signs, text) => {
      const source = signs.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
      expect(namePattern(signs)(text)).toBe(new RegExp(`^${source}$`, 'u').test(text));
    }),
    { numRuns: 2_000 },
  );
});

test('many stars on a long name take no longer than their product', () => {
  expect(namePattern(`${'*a'.repeat(100)}b`)('a'.repeat(10_000))).toBe(false);
});
