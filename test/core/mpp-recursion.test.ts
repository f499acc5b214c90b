import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MppRecursion } from '../../core/src/mpp-recursion.ts';
import { doubles, levels, noise, threshold } from './arbitraries.ts';
import { naiveEvidence, naiveMaximum, naiveSplit } from './naive.ts';

const series = fc.oneof(noise(), levels(12), doubles({ maxLength: 20 }));

test('equals the double sums of the definition after every point, with ties and thresholds', () => {
  fc.assert(
    fc.property(series, threshold, (values, delta) => {
      const recursion = new MppRecursion(delta);
      values.forEach((value, index) => {
        recursion.push(value);
        const { statistic, times, direction } = naiveMaximum(values.slice(0, index + 1), delta);
        expect(recursion.maximum()).toEqual({ statistic, time: times[0] ?? 0, direction });
      });
    }),
  );
});

test('finds the split that is most evident by exact fractions, the first of equals', () => {
  fc.assert(
    fc.property(
      series,
      threshold,
      fc.constantFrom('up' as const, 'down' as const),
      (values, delta, direction) => {
        const recursion = new MppRecursion(delta, values);
        expect(recursion.split(direction)).toBe(naiveSplit(values, direction, delta));
      },
    ),
  );
});

test('a rise and a fall are never both evident at one split', () => {
  fc.assert(
    fc.property(series, threshold, (values, delta) => {
      const up = naiveEvidence(values, 'up', delta);
      const down = naiveEvidence(values, 'down', delta);
      expect(up.filter((evidence, index) => evidence > 0 && (down[index] ?? 0) > 0)).toEqual([]);
    }),
  );
});

test.each([
  ['no point', [], 0, { statistic: 0, time: 0, direction: undefined }],
  ['one point', [7], 0, { statistic: 0, time: 0, direction: undefined }],
  ['equal points', [7, 7, 7, 7], 0, { statistic: 0, time: 0, direction: undefined }],
  ['a rise', [0, 0, 5, 5], 0, { statistic: 4, time: 2, direction: 'up' }],
  ['a fall', [5, 5, 0, 0], 0, { statistic: 4, time: 2, direction: 'down' }],
  ['a rise by exactly the threshold', [0, 0, 5, 5], 5, { statistic: 0, time: 0, direction: undefined }],
  ['a rise by more than the threshold', [0, 0, 5, 5], 4.9, { statistic: 4, time: 2, direction: 'up' }],
  ['a fall by exactly the threshold', [5, 5, 0, 0], 5, { statistic: 0, time: 0, direction: undefined }],
  [
    'a rise and a fall that are equally evident: the first',
    [0, 1, 0],
    0,
    { statistic: 1, time: 1, direction: 'up' },
  ],
  [
    'differences beyond the doubles',
    [-1.7e308, -1.7e308, 1.7e308],
    1e308,
    { statistic: 2, time: 2, direction: 'up' },
  ],
] as const)('%s', (_, values, delta, expected) => {
  const maximum = new MppRecursion(delta, values).maximum();
  expect(maximum).toEqual(expected);
});
