import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameInWords } from '../../lambda/name-in-words.ts';
import { printable, withoutControls } from '../../lambda/printable.ts';
import { processingLimits } from '../../lambda/processing-limits.ts';

const most = processingLimits.shownSeriesIdCharacters;

test.each([
  ['boiler-7 → é 🔥', 'boiler-7 → é 🔥'],
  ['a\nb\tc\u0000d', 'a b c d'],
  ['\u202egnp.exe', ' gnp.exe'],
  ['a\u2028b\u2029c', 'a b c'],
  ['a\ufffeb\uffffc\ufeffd', 'a b c d'],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
  expect(withoutControls(text)).toBe(shown);
});

test('a long text is cut, between characters', () => {
  expect(printable('🔥'.repeat(most + 1))).toBe('🔥'.repeat(most));
  expect(withoutControls('x'.repeat(most + 1))).toHaveLength(most + 1);
});

test('whatever a text is: what is shown of it is one line, as long as it was, and is shown as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2 * most }), (text) => {
      const shown = printable(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029\ufffe\uffff]/u);
      expect([...shown]).toHaveLength(Math.min(most, [...text].length));
      expect(printable(shown)).toBe(shown);
    }),
  );
});

test('the words of a name stand apart', () => {
  expect(['alpha', 'practicalThreshold', 'maxRegimeLength'].map(nameInWords)).toEqual([
    'alpha',
    'practical threshold',
    'max regime length',
  ]);
});
