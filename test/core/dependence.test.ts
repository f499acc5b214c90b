import { AedDetector, type DetectorOptions, RegimeEvidence } from '@aed/core';
import { expect, test } from 'vitest';
import { dependenceOf } from '../../core/src/current/dependence.ts';
import { normal, randomOf } from './random.ts';

function autoregression(correlation: number, length: number): number[] {
  const random = randomOf(11);
  let value = 0;
  return Array.from({ length }, () => {
    value = correlation * value + normal(random);
    return value;
  });
}

function detectorAfter(values: readonly number[], options: DetectorOptions): AedDetector {
  const detector = new AedDetector({ statistic: 'scan', ...options });
  for (const value of values) detector.push(value);
  return detector;
}

test.each<[string, DetectorOptions]>([
  ['with the MPP test', { statistic: 'mpp' }],
  ['if points are taken as independent', { dependence: 'independent' }],
])('there is nothing to say of it %s', (_, options) => {
  expect(detectorAfter(autoregression(0.9, 500), options).dependence).toBeUndefined();
});

test.each([
  [0, 1, 1.5],
  [0.5, 2, 5],
  [0.9, 13, 30],
])(
  'of an autoregression with ρ = %d the inflation is between %d and %d, and there is no advice',
  (correlation, least, most) => {
    const { dependence } = detectorAfter(autoregression(correlation, 2000), { falseAlarmEvery: 1e7 });
    expect(dependence?.inflation).toBeGreaterThanOrEqual(least);
    expect(dependence?.inflation).toBeLessThan(most);
    expect(dependence?.advice).toBeUndefined();
  },
);

test('of a random walk the advice is a practical threshold, and with one there is none', () => {
  const walk = autoregression(1, 2000);
  const { dependence } = detectorAfter(walk, { falseAlarmEvery: 1e7 });
  expect(dependence?.advice).toBe(
    `neighbours resemble each other so much that ${Math.round(dependence?.inflation ?? 0)} points count as one: changes that are soon over ` +
      'stay hidden, unless a practical threshold above the wandering is given',
  );
  const given = detectorAfter(walk, { falseAlarmEvery: 1e7, practicalThreshold: 0.1 }).dependence;
  expect(given?.inflation).toBeGreaterThan(5);
  expect(given?.advice).toBeUndefined();
});

test.each([
  [39.9, false],
  [40, true],
])('of an inflation of %d there is advice: %s', (inflation, isAdvised) => {
  const dependence = dependenceOf(inflation, { practicalThreshold: 0 });
  expect(dependence?.advice !== undefined).toBe(isAdvised);
});

test('it is part of the evidence at each point, and the same after a restore', () => {
  const values = autoregression(0.9, 300);
  const evidence = new RegimeEvidence({ statistic: 'scan', falseAlarmEvery: 1e7 });
  const detector = new AedDetector({ statistic: 'scan', falseAlarmEvery: 1e7 });
  for (const value of values) {
    detector.push(value);
    const { dependence = detector.dependence } = evidence.push(value) ?? {};
    expect(dependence).toEqual(detector.dependence);
    expect(AedDetector.fromJSON(detector.toJSON()).dependence).toEqual(detector.dependence);
  }
});
