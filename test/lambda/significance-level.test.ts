import { detectChangePoints, optionTable, resolveOptions } from '@aed/core';
import { expect, test } from 'vitest';
import { significanceLevel } from '../../lambda/significance-level.ts';

test.each(optionTable.statistic.choices ?? [])('a change point of %s has a p-value below it', (statistic) => {
  const options = resolveOptions({
    statistic,
    alpha: 0.02,
    falseAlarmEvery: 200,
    dependence: 'independent',
  });
  const values = Array.from({ length: 120 }, (_, index) => (index % 60) + (index < 60 ? 0 : 25));
  const found = detectChangePoints(values, options);
  expect(found).not.toHaveLength(0);
  for (const { pValue } of found) expect(pValue).toBeLessThan(significanceLevel(options));
});

test.each([
  ['mpp' as const, 0, 0.02],
  ['mpp' as const, 200, 1],
  ['scan' as const, 200, 0.005],
])('of %s with a false alarm every %d points it is %d', (statistic, falseAlarmEvery, level) => {
  expect(significanceLevel({ statistic, alpha: 0.02, falseAlarmEvery })).toBe(level);
});
