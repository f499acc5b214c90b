import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isStorable, nearestStorable } from '../../lambda/dynamo-number.ts';

test.each([
  [0, true],
  [-0, true],
  [1e-130, true],
  [-1e-130, true],
  [9.999999999999998e125, true],
  [2 ** 53 + 2, true],
  [9.99e-131, false],
  [1e126, false],
  [-1e126, false],
  [5e-324, false],
  [Number.MAX_VALUE, false],
  [Number.NaN, false],
  [Number.POSITIVE_INFINITY, false],
])('%s is storable: %s', (value, expected) => {
  expect(isStorable(value)).toBe(expected);
});

test('a derived figure becomes the nearest storable one', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (value) => {
      const stored = nearestStorable(value);
      expect(isStorable(stored)).toBe(true);
      if (isStorable(value)) expect(stored).toBe(value + 0);
      else expect(stored === 0 || Math.sign(stored) === Math.sign(value)).toBe(true);
    }),
  );
});
