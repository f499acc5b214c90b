import { expect, test } from 'vitest';
import { nextBelow } from '../../../core/src/scan/next-below.ts';

test.each([
  [0, -Number.MIN_VALUE],
  [Number.MIN_VALUE, 0],
  [-Number.MIN_VALUE, -2 * Number.MIN_VALUE],
  [1, 1 - 2 ** -53],
  [-1, -1 - 2 ** -52],
  [2 - 2 ** -52, 2 - 2 ** -51],
  [2 ** -1022, 2 ** -1022 - 2 ** -1074],
  [1e308, 1e308 - 2 ** 971],
])('the double below %d is %d', (value, below) => {
  expect(nextBelow(value)).toBe(below);
  expect(below).toBeLessThan(value);
});
