import fc from 'fast-check';
import { expect, test } from 'vitest';
import { medianOfValues } from '../../cli/median.ts';

test.each([
  [[5], 5],
  [[9, 1, 5], 5],
  [[10, 9, 2, 1], 5.5],
  [[Number.MAX_VALUE, Number.MAX_VALUE], Number.MAX_VALUE],
])('of %j it is %d', (values, median) => {
  expect(medianOfValues(values)).toBe(median);
});

test('as many values are below as above, and none is moved', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(fc.array(finite, { minLength: 1 }), (values) => {
      const before = [...values];
      const median = medianOfValues(values);
      const [below, above] = [values.filter((one) => one < median), values.filter((one) => one > median)];
      expect(2 * Math.max(below.length, above.length)).toBeLessThanOrEqual(values.length);
      expect(values).toEqual(before);
    }),
  );
});
