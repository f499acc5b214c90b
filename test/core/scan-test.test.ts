import { scanTest } from '@aed/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noise, threshold } from './arbitraries.ts';
import cases from './golden/r-cpm.json' with { type: 'json' };
import { naiveEvidence } from './naive.ts';

const batches = cases.flatMap(({ name, values, batch }) =>
  batch.map(({ T, statistic, split }) => ({ name, T, values: values.slice(0, T), statistic, split })),
);

test.each(batches)('of $T values of $name it is that of R’s cpm', ({ values, statistic, split }) => {
  const found = scanTest(values, { minimumLength: 2 });
  // cpm does not correct for ties, of which the Nile has some.
  expect((found.statistic * Math.sqrt(tieFactor(values))) / statistic).toBeCloseTo(1, 10);
  if (split > 0) expect(found.changedAt).toBe(split);
});

/** 1 − Σ (n³ − n) / (T³ − T) over levels of n values. */
function tieFactor(values: readonly number[]): number {
  const T = values.length;
  const ties = [...new Set(values)].map((value) => values.filter((other) => other === value).length);
  return 1 - ties.reduce((sum, n) => sum + n ** 3 - n, 0) / (T ** 3 - T);
}

/** By the definition: pair by pair, split by split. */
function naiveScanTest(values: readonly number[], practicalThreshold: number, minimumLength: number) {
  const T = values.length;
  const factor = practicalThreshold > 0 ? 1 : tieFactor(values);
  const best = { statistic: 0, changedAt: 0, direction: undefined as 'up' | 'down' | undefined };
  for (const direction of ['up', 'down'] as const) {
    naiveEvidence(values, direction, practicalThreshold).forEach((evidence, index) => {
      const t = index + 1;
      if (t < minimumLength || T - t < minimumLength || evidence <= 0) return;
      const square = (evidence * evidence * (3 / ((T + 1) * factor))) / (t * (T - t));
      const statistic = Math.sqrt(square);
      if (statistic > best.statistic || (statistic === best.statistic && t < best.changedAt)) {
        Object.assign(best, { statistic, changedAt: t, direction });
      }
    });
  }
  return best;
}

test('is what its definition says, with ties and thresholds', () => {
  fc.assert(
    fc.property(
      noise(),
      threshold,
      fc.integer({ min: 2, max: 9 }),
      (values, practicalThreshold, minimumLength) => {
        expect(scanTest(values, { practicalThreshold, minimumLength })).toEqual(
          naiveScanTest(values, practicalThreshold, minimumLength),
        );
      },
    ),
  );
});

test.each([
  ['no values', []],
  ['one', [3]],
  ['too few for two sides', [1, 1, 1, 9, 9, 9]],
  ['equal ones', Array<number>(40).fill(7)],
])('%s are no evidence', (_, values) => {
  expect(scanTest(values)).toEqual({ statistic: 0, changedAt: 0, direction: undefined });
});

test('a value that is not finite is refused', () => {
  expect(() => scanTest([1, Number.NaN])).toThrow(
    new RangeError('value at index 1 must be a finite number, got NaN'),
  );
});
