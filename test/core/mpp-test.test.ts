import { mppTest } from '@aed/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { levels, threshold } from './arbitraries.ts';
import { naiveMaximum } from './naive.ts';

test('is the test of the definition', () => {
  fc.assert(
    fc.property(levels(10), threshold, (values, practicalThreshold) => {
      const { statistic, times, direction } = naiveMaximum(values, practicalThreshold);
      const T = values.length;
      const pValue = Math.min(1, 2 * Math.exp((-6 * statistic ** 2) / (T ** 3 + T ** 2)));
      const expected = { statistic, pValue, changedAt: times[0] ?? 0, direction };
      expect(mppTest(Object.freeze(values), { practicalThreshold })).toEqual(expected);
    }),
  );
});

test.each([
  ['no point', []],
  ['one point', [3]],
  ['equal points', [3, 3, 3]],
])('%s is no evidence', (_, values) => {
  expect(mppTest(values)).toEqual({ statistic: 0, pValue: 1, changedAt: 0, direction: undefined });
});

test('takes typed arrays', () => {
  expect(mppTest(Float32Array.of(1, 1, 5, 5))).toMatchObject({ statistic: 4, changedAt: 2, direction: 'up' });
});

test.each([
  [[1, Number.NaN], 'value at index 1 must be a finite number, got NaN'],
  [[1, 2, '3'], "value at index 2 must be a finite number, got '3'"],
])('%o is refused', (values, message) => {
  expect(() => mppTest(values as number[])).toThrow(new RangeError(message));
});
