import {
  AedDetector,
  alphaAt,
  type DetectorOptions,
  mppTest,
  RegimeEvidence,
  resolveOptions,
  statisticAt,
} from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Statistic } from '../../core/src/regime-tests.ts';
import { scanThreshold } from '../../core/src/scan/scan-threshold.ts';
import { levels, options } from './arbitraries.ts';
import { randomOf } from './random.ts';
import { randomStream } from './random-streams.ts';
import { PlainScan } from './scan/plain-scan.ts';

/** What asks for each test of the registry. The scan has a rate so high that short series have alarms. */
const asked: Readonly<Record<Statistic, DetectorOptions>> = {
  mpp: { statistic: 'mpp' },
  scan: { statistic: 'scan', falseAlarmEvery: 100, minimumLength: 3 },
};
const statistics = Object.keys(asked) as Statistic[];

test('is the MPP test of the regime at every point from the startup on', () => {
  fc.assert(
    fc.property(levels(12), options, fc.nat(30), (values, given, at) => {
      const regime = new RegimeEvidence(given, values.slice(0, at));
      values.slice(at).forEach((value, index) => {
        const soFar = values.slice(0, at + index + 1);
        const points = soFar.length;
        const { statistic, pValue, direction } = mppTest(soFar, given);
        const level = given.falseAlarmEvery > 0 ? alphaAt(given.falseAlarmEvery, points) : given.alpha;
        const needed = expect.closeTo(statisticAt(level, points), 9);
        const expected = { points, statistic, needed, pValue, direction };
        expect(regime.push(value)).toEqual(points < given.startup ? undefined : expected);
      });
    }),
  );
});

/** Follows a detector, and expects evidence of more than is needed where it finds a change, and nowhere else. */
function expectAlarmsOfEvidence(values: readonly number[], given: DetectorOptions, name = ''): number {
  const detector = new AedDetector(given);
  let regime = new RegimeEvidence(given);
  let alarms = 0;
  values.forEach((value, index) => {
    const evidence = regime.push(value);
    const { statistic = 0, needed = Number.POSITIVE_INFINITY, pValue, direction } = evidence ?? {};
    const start = detector.regimeStart;
    const found = detector.push(value);
    expect(statistic > needed, `${name} at ${index}`).toBe(found !== undefined);
    if (found) expect(found).toMatchObject({ statistic, pValue, direction });
    if (found) alarms++;
    if (detector.regimeStart === start) return;
    regime = new RegimeEvidence(given, values.slice(detector.regimeStart, index + 1), detector.memory);
  });
  return alarms;
}

describe.each(statistics)('the evidence of %s', (statistic) => {
  test('is more than is needed where a detector finds a change, and nowhere else', () => {
    fc.assert(
      fc.property(levels(), options, (values, given) => {
        expectAlarmsOfEvidence(values, { ...given, ...asked[statistic] });
      }),
    );
  });

  test('is so in random streams with ties, extremes and thresholds', () => {
    let alarms = 0;
    for (let seed = 0; seed < 100; seed++) {
      const { name, values, options: given } = randomStream(randomOf(3e6 + seed), 120);
      alarms += expectAlarmsOfEvidence(values, { ...given, ...asked[statistic] }, `stream ${seed}, ${name}`);
    }
    expect(alarms).toBeGreaterThan(20);
  });
});

test('of the scan without ties is the largest score of the kept splits, beside the threshold', () => {
  const given = resolveOptions(asked.scan);
  const evidence = new RegimeEvidence(given);
  const plain = new PlainScan(given);
  const random = randomOf(7);
  for (let index = 0; index < 200; index++) {
    const value = random() + (index < 150 ? 0 : 0.1);
    plain.push(value);
    const result = evidence.push(value);
    if (index + 1 < given.startup) expect(result).toBeUndefined();
    else
      expect(result).toEqual({
        points: index + 1,
        needed: plain.needed,
        ...plain.result(),
        dependence: { inflation: plain.inflation },
      });
  }
});

test('of the scan with strong ties is above 0 also where no split can exceed the threshold', () => {
  const evidence = new RegimeEvidence({ statistic: 'scan' });
  const values = Array.from({ length: 60 }, (_, index) => (index % 7 === 0 || index > 56 ? 1 : 0));
  const all = values.flatMap((value) => evidence.push(value) ?? []);
  expect(all).toHaveLength(45);
  for (const { statistic, needed, pValue } of all.slice(20)) {
    expect(statistic).toBeGreaterThan(0);
    expect(statistic).toBeLessThanOrEqual(needed);
    expect(pValue).toBeGreaterThanOrEqual(1 / 10_000);
  }
});

test('of the scan of equal points is none', () => {
  const evidence = new RegimeEvidence({ statistic: 'scan', startup: 2 }, [7]);
  const needed = scanThreshold(0.87 * 10_000, 8);
  expect(evidence.push(7)).toEqual({
    ...{ points: 2, statistic: 0, needed, pValue: 1, direction: undefined },
    dependence: { inflation: 1 },
  });
});

test('a value that is no finite number is refused', () => {
  const message = 'value at index 2 must be a finite number, got NaN';
  expect(() => new RegimeEvidence({}, [1, 2, Number.NaN])).toThrow(new RangeError(message));
  expect(() => new RegimeEvidence({}, [1, 2]).push(Number.NaN)).toThrow(new RangeError(message));
});

test.each([
  [[1, Number.NaN], 'memory at index 1 must be a finite number, got NaN'],
  [5, 'memory must be an array, got 5'],
])('the memory %j is refused', (memory, message) => {
  const given = memory as readonly number[];
  expect(() => new RegimeEvidence({ statistic: 'scan' }, [], given)).toThrow(new RangeError(message));
});
