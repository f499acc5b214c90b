import { AedDetector, type ChangePoint, detectChangePoints, mppTest, pValueAt } from '@aed/core';
import { expect, test } from 'vitest';
import { MppRecursion } from '../../core/src/mpp-recursion.ts';
import { MppRegimeTest } from '../../core/src/mpp-regime-test.ts';
import { seedsOf, shareOfRuns } from '../use/share-of-runs.ts';
import { normal, randomOf } from './random.ts';
import { randomStream } from './random-streams.ts';
import { compareOnStream } from './same-answers.ts';

test('finds on random streams exactly what the recursion finds, saved and restored on the way', () => {
  let changePoints = 0;
  for (const seed of seedsOf(1000)) {
    const { stream, found, expected } = compareOnStream(seed, 400);
    expect(found, `stream ${seed}, ${stream.name}, ${JSON.stringify(stream.options)}`).toEqual(expected);
    changePoints += expected.length;
  }
  expect(changePoints).toBeGreaterThan(1000 * shareOfRuns);
});

test('says the statistics of the recursion, or rightly that they are not significant', () => {
  let certified = 0;
  let exact = 0;
  for (const seed of seedsOf(100)) {
    const { name, values, options } = randomStream(
      randomOf(1e6 + seed),
      Math.ceil(1500 * Math.sqrt(shareOfRuns)),
    );
    const { practicalThreshold = 0, alpha = 0.01 } = options;
    const recursion = new MppRecursion(practicalThreshold);
    const lazy = new MppRegimeTest({ practicalThreshold, alpha, falseAlarmEvery: 0 });
    for (const value of values) {
      recursion.push(value);
      lazy.push(value);
      const expected = recursion.maximum();
      if (lazy.isCertified) {
        certified++;
        if (pValueAt(expected.statistic, recursion.length) < alpha)
          expect.fail(`wrongly certified: stream ${seed}, ${name}`);
      } else {
        exact++;
        expect(lazy.maximum()).toEqual(expected);
        expect(lazy.split('up')).toBe(recursion.split('up'));
        expect(lazy.split('down')).toBe(recursion.split('down'));
      }
    }
  }
  expect(certified).toBeGreaterThan(0);
  expect(exact).toBeGreaterThan(0);
});

test('counts exactly beyond 32 bits', () => {
  const points = 200_000;
  const detector = new AedDetector({ startup: points });
  let found: ChangePoint | undefined;
  for (let index = 0; index < points; index++) found = detector.push(index < points / 2 ? 0 : 1);
  expect(found).toMatchObject({ statistic: points ** 2 / 4, changedAt: points / 2, superiority: 1 });
});

test('a change after 100,000 quiet points is found at the first point that the whole test finds significant', () => {
  const random = randomOf(1);
  const quietPoints = 100_000;
  const values = Array.from(
    { length: quietPoints + 500 },
    (_, index) => normal(random) + (index < quietPoints ? 0 : 4),
  );
  const [found] = detectChangePoints(values, { alpha: 1e-4 });
  expect(found?.changedAt).toBe(quietPoints);
  const regime = values.slice(0, (found?.detectedAt ?? 0) + 1);
  expect(mppTest(regime).statistic).toBe(found?.statistic);
  expect(mppTest(regime).pValue).toBeLessThan(1e-4);
  expect(mppTest(regime.slice(0, -1)).pValue).toBeGreaterThanOrEqual(1e-4);
});

test('a p-value of exactly alpha is not significant, and one just below it is', () => {
  for (let half = 8; half < 40; half++) {
    const values = Array.from({ length: 2 * half }, (_, index) => (index < half ? 0 : 1));
    const { pValue } = mppTest(values);
    expect(detectChangePoints(values, { alpha: pValue }), `${half}`).toEqual([]);
    const found = detectChangePoints(values, { alpha: pValue * (1 + Number.EPSILON) });
    expect(found, `${half}`).toMatchObject([{ pValue, changedAt: half }]);
  }
});
