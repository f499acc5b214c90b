import { AedDetector, type DetectorOptions } from '@aed/core';
import { expect, test } from 'vitest';
import { lengthOfMemory } from '../../../core/src/scan/dependence/lag-sums.ts';
import { RankDependence } from '../../../core/src/scan/dependence/rank-dependence.ts';
import { normal, randomOf } from '../random.ts';

/** A level that moves by two standard deviations every 100 points, up and down. */
function restless(length: number): number[] {
  const random = randomOf(5);
  return Array.from({ length }, (_, index) => normal(random) + 2 * (Math.floor(index / 100) % 2));
}

const reports = (options: DetectorOptions) => {
  const detector = new AedDetector({ statistic: 'scan', ...options });
  return restless(6000).flatMap((value) => detector.push(value)?.detectedAt ?? []);
};

/** What a memory holds besides the ranks that are pooled. */
const restlessPart = (memory: readonly number[] | undefined) => memory?.slice(lengthOfMemory);

test('a restless series is told of until there were enough reports, and then falls silent', () => {
  const all = reports({});
  expect(all.length).toBeGreaterThan(40);
  const few = reports({ restlessAfter: 3 });
  expect(few.slice(0, 3)).toEqual(all.slice(0, 3));
  expect(few.length).toBeLessThan(all.length / 4);
});

test('a larger change is still told of', () => {
  const detector = new AedDetector({ statistic: 'scan', restlessAfter: 3 });
  for (const value of restless(2000)) detector.push(value);
  const found = restless(300).flatMap((value) => detector.push(value + 20) ?? []);
  expect(found.some(({ magnitude }) => magnitude > 15)).toBe(true);
});

test('its memory holds the newest reports and 2,000 points, and nothing of them without the option', () => {
  const regime = Float64Array.from(restless(2500));
  expect(
    restlessPart(new RankDependence({ restlessAfter: 0 }, undefined).memory(regime, 2500, 100, true)),
  ).toEqual([]);
  let memory = new RankDependence({ restlessAfter: 2 }, undefined).memory(regime, 2450, 2450, true);
  expect(restlessPart(memory)?.slice(0, 3)).toEqual([-1, 1, 50]);
  for (let count = 0; count < 4; count++)
    memory = new RankDependence({ restlessAfter: 2 }, memory).memory(regime.subarray(0, 300), 300, 100, true);
  expect(restlessPart(memory)?.slice(0, 4)).toEqual([-1, 2, -300, 0]);
  expect(restlessPart(memory)).toHaveLength(2004);
});

test('its memory forgets the reports that are more than 2,000 points old, however many may count', () => {
  const regime = Float64Array.from(restless(300));
  let memory: readonly number[] | undefined;
  for (let count = 0; count < 40; count++)
    memory = new RankDependence({ restlessAfter: 1000 }, memory).memory(regime, 300, 100, true);
  expect(restlessPart(memory)?.slice(0, 9)).toEqual([-1, 7, -1800, -1500, -1200, -900, -600, -300, 0]);
  expect(restlessPart(memory)).toHaveLength(2009);
});

test('a regime that ends at its bound leaves its points, and no report', () => {
  const regime = Float64Array.from(restless(300));
  const reported = new RankDependence({ restlessAfter: 2 }, undefined).memory(regime, 300, 100, true);
  const memory = new RankDependence({ restlessAfter: 2 }, reported).memory(regime, 150, 150, false);
  expect(restlessPart(memory)).toEqual([-1, 1, -150, ...regime, ...regime.subarray(0, 150)]);
});

test('a restless series is measured over its newest 2,000 points, and no others', () => {
  const regime = Float64Array.from(restless(500));
  const before = [...Array.from({ length: 500 }, (_, index) => index), ...restless(1500)];
  const limit = (points: readonly number[]) =>
    new RankDependence({ restlessAfter: 1 }, [-1, 1, -10, ...points]).inflation(regime, 250).limit;
  expect(limit(before)).toBe(limit(before.slice(500)));
  expect(limit(before.slice(0, 1500))).not.toBe(limit(before.slice(500)));
});

test('a memory of another kind counts as none', () => {
  const regime = Float64Array.from(restless(50));
  const limit = new RankDependence({ restlessAfter: 1 }, undefined).inflation(regime, 0).limit;
  for (const memory of [
    [0.5, ...Array(25).fill(1)],
    [-1, 9, 1],
    [-1],
    [-2, ...Array(45).fill(-1)],
    [-2],
    [],
    [-3, 1, -10, ...restless(1500)],
  ])
    expect(new RankDependence({ restlessAfter: 1 }, memory).inflation(regime, 0).limit).toBe(limit);
});
