import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisLabels } from '../../lambda/axis-labels.ts';

test.each([
  [[], []],
  [[5], ['5']],
  [
    [0, 1, 2],
    ['0', '1', '2'],
  ],
  [
    [-0.5, 0, 0.5],
    ['−0.5', '0', '0.5'],
  ],
  [
    [0, 500, 1000],
    ['0', '500', '1,000'],
  ],
  [
    [100, 100.25, 100.5],
    ['100', '100.25', '100.5'],
  ],
  // The one with the most digits is neither the first nor the last.
  [
    [3, 3.125, 3.25],
    ['3', '3.125', '3.25'],
  ],
  [
    [1_000_001, 1_000_002],
    ['1,000,001', '1,000,002'],
  ],
  // To a hundredth of their distance, three thirds are not worth more digits.
  [
    [1 / 3, 2 / 3, 1],
    ['0.333', '0.667', '1'],
  ],
])('ticks at %j are labelled %j', (ticks, labels) => {
  expect(axisLabels(ticks)).toEqual(labels);
});

test('each label is its tick to a hundredth of their distance, and no two look alike', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      fc.constantFrom(1, 2, 2.5, 5, 0.125),
      fc.integer({ min: -8, max: 8 }),
      fc.integer({ min: 2, max: 9 }),
      (from, factor, power, count) => {
        const step = factor * 10 ** power;
        const ticks = Array.from({ length: count }, (_, index) => (from + index) * step);
        const labels = axisLabels(ticks);
        expect(new Set(labels).size).toBe(count);
        for (const [index, label] of labels.entries()) {
          const shown = Number(label.replaceAll('−', '-').replaceAll(',', ''));
          expect(Math.abs(shown - (ticks[index] ?? Number.NaN))).toBeLessThanOrEqual(step / 99);
        }
      },
    ),
  );
});
