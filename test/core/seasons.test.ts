import { AedDetector, type DetectorOptions, detectChangePoints, phaseAt, RegimeEvidence } from '@aed/core';
import { describe, expect, test } from 'vitest';
import { normal, randomOf } from './random.ts';

/** A day of 24 points, 4 high, with noise of 1; from `changeAt` on a step. */
const days = (seed: number, points: number, changeAt = points, step = 0) => {
  const random = randomOf(seed);
  return Array.from(
    { length: points },
    (_, index) => 4 * Math.sin((index * Math.PI) / 12) + normal(random) + (index >= changeAt ? step : 0),
  );
};
const scan: DetectorOptions = { statistic: 'scan', dependence: 'independent' };
const daily: DetectorOptions = { ...scan, period: 24 };

describe('a season', () => {
  test('is no change if its period is given', () => {
    expect(detectChangePoints(days(1, 2400), scan).length).toBeGreaterThan(20);
    expect(detectChangePoints(days(1, 2400), daily)).toEqual([]);
  });

  test('does not hide a change, whose magnitude compares like with like', () => {
    const [found, ...others] = detectChangePoints(days(2, 300, 245, 2), daily);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ changedAt: 245, direction: 'up' });
    expect(found?.detectedAt).toBeLessThan(257);
    expect(found?.magnitude).toBeCloseTo(2, 0);
    expect(found?.superiority).toBeGreaterThan(0.9);
    expect(found?.trend?.pValue).toBeGreaterThan(0.05);
  });

  test('is taken off both levels, whose difference is then about the magnitude wherever in the season the change comes', () => {
    for (let changeAt = 240; changeAt < 264; changeAt += 4) {
      const [found] = detectChangePoints(days(2, 300, changeAt, 2), daily);
      const { before, after, magnitude } = found ?? expect.fail(`no change at ${changeAt}`);
      expect(Math.abs(before.median)).toBeLessThan(1);
      expect(Math.abs(after.median - before.median - magnitude)).toBeLessThan(0.5);
      expect(Math.abs(after.mean - before.mean - magnitude)).toBeLessThan(0.8);
    }
  });

  test('means nothing to the MPP test', () => {
    const series = days(3, 400, 200, 9);
    expect(detectChangePoints(series, { period: 24 })).toEqual(detectChangePoints(series));
    const detector = new AedDetector({ period: 24 });
    detector.push(1, 7);
    expect(detector.toJSON().phases).toBeUndefined();
  });

  test('is compared by the places that are given, not by the order of the points', () => {
    const series = days(4, 2400);
    const pushed = (place: (index: number) => number | undefined) => {
      const detector = new AedDetector(daily);
      return series.flatMap((value, index) =>
        // Of each week a day and an hour are missing.
        index % 168 < 25 ? [] : (detector.push(value, place(index)) ?? []),
      );
    };
    expect(pushed((index) => index % 24)).toEqual([]);
    expect(pushed(() => undefined).length).toBeGreaterThan(2);
  });
});

test('the evidence of a regime compares like with like too', () => {
  const series = days(5, 240);
  const evidence = new RegimeEvidence(
    daily,
    series.slice(0, 200),
    series.slice(0, 200).map((_, i) => i % 24),
  );
  const last = series.slice(200).map((value, index) => evidence.push(value, (200 + index) % 24));
  expect(Math.max(...last.map((one) => one?.statistic ?? 0))).toBeLessThan(4);
  expect(new RegimeEvidence(daily, series.slice(0, 200)).push(series[200] ?? 0)).toEqual(last[0]);
});

test.each([
  [24, -1],
  [24, 24],
  [24, 0.5],
  [1, 1],
  [24, Number.NaN],
])('with a period of %d the place %d is refused, and the detector is as it was', (period, phase) => {
  const detector = new AedDetector({ ...scan, period });
  const before = detector.toJSON();
  const rule = period === 1 ? '0 without a period' : `an integer from 0 to ${period - 1}`;
  expect(() => detector.push(1, phase)).toThrow(new RangeError(`phase must be ${rule}, got ${phase}`));
  expect(detector.toJSON()).toEqual(before);
});

describe('the place of a time', () => {
  const hours = { period: 24, interval: 3600 };
  const hour = 3_600_000;

  test.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2026-01-31T13:00:00Z', 13],
    ['2026-01-31T13:29:59Z', 13],
    ['2026-01-31T12:30:00Z', 13],
    ['2026-01-31T23:59:00Z', 0],
    ['1969-12-31T23:00:00Z', 23],
    ['1969-12-31T00:00:00Z', 0],
  ])('%s is %d of 24 hours', (time, place) => {
    expect(phaseAt(Date.parse(time), hours)).toBe(place);
  });

  test('is the same after any number of periods', () => {
    for (const days of [-1, 1, 365, 20_000]) expect(phaseAt(5 * hour + days * 24 * hour, hours)).toBe(5);
  });

  test.each([
    [{ period: 24, interval: 0 }, 0, 'interval must be greater than 0 for places by time, got 0'],
    [
      { period: 24, interval: '1' as never },
      0,
      "interval must be greater than 0 for places by time, got '1'",
    ],
    [
      { period: 24, interval: Number.MIN_VALUE },
      1,
      'interval must be so large that the points since 1970 can be counted, got 5e-324',
    ],
    [{ period: 0, interval: 1 }, 0, 'period must be an integer of at least 1, got 0'],
    [
      { period: 24, interval: 1 },
      Number.NaN,
      'time must be a finite number of milliseconds since 1970, got NaN',
    ],
  ])('%j at %d is refused', (options, time, message) => {
    expect(() => phaseAt(time, options)).toThrow(new RangeError(message));
  });
});
