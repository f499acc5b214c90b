import {
  AedDetector,
  type ChangePoint,
  type DetectorOptions,
  detectChangePoints,
  falseAlarmEveryAt,
  type ResolvedOptions,
} from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { levels, noise, options } from './arbitraries.ts';
import golden from './golden/r-trend.json' with { type: 'json' };

const series = fc.oneof(noise(60), levels());
const flat = (level: number, points: number): number[] => Array(points).fill(level);

test('knows in 1907 that the Nile had a new level from 1899', () => {
  const nile = golden.find(({ name }) => name === 'Nile')?.values ?? [];
  expect(detectChangePoints(nile)).toEqual([
    expect.objectContaining({ changedAt: 28, detectedAt: 36, direction: 'down' }),
  ]);
});

describe('whatever the series', () => {
  const eachChange = (property: (found: ChangePoint, given: ResolvedOptions) => void) =>
    fc.assert(
      fc.property(series, options, (values, given) => {
        for (const found of detectChangePoints(values, given)) property(found, given);
      }),
    );

  test('a change is known at or after its first point', () => {
    eachChange(({ changedAt, detectedAt }) => expect(changedAt).toBeLessThanOrEqual(detectedAt));
  });

  test('a magnitude reaches the practical threshold, in the direction found', () => {
    eachChange(({ direction, magnitude }, { practicalThreshold }) => {
      expect(direction === 'up' ? magnitude : -magnitude).toBeGreaterThanOrEqual(practicalThreshold);
    });
  });

  test('a p-value is below alpha, or worth more points than stated between false alarms', () => {
    eachChange(({ pValue, before, after }, { alpha, falseAlarmEvery }) => {
      if (falseAlarmEvery === 0) expect(pValue).toBeLessThan(alpha);
      else
        expect(falseAlarmEveryAt(pValue, before.count + after.count)).toBeGreaterThan(
          falseAlarmEvery * (1 - 1e-9),
        );
    });
  });

  test('a regime never grows to its bound', () => {
    fc.assert(
      fc.property(series, options, (values, given) => {
        const detector = new AedDetector(given);
        for (const value of values) {
          detector.push(value);
          expect(detector.length - detector.regimeStart).toBeLessThan(given.maxRegimeLength);
        }
      }),
    );
  });

  test('the series is not modified', () => {
    fc.assert(
      fc.property(series, options, (values, given) => {
        const before = [...values];
        detectChangePoints(Object.freeze(values), given);
        expect(values).toEqual(before);
      }),
    );
  });
});

test('an increasing map of the data changes neither times nor evidence, without a threshold', () => {
  const map = (value: number) => Math.sinh(value / 4) + (value > 1 ? 100 : 0);
  const evidence = (values: readonly number[], given: ResolvedOptions) =>
    detectChangePoints(values, { ...given, practicalThreshold: 0 }).map(
      // The likely places and the size are in the unit of the data, and so is what kind of change it is.
      ({ magnitude, magnitudeInterval, interval, kind, before, after, trend, ...rest }) => ({
        ...rest,
        counts: [before.count, after.count],
        driftP: trend?.pValue,
      }),
    );
  fc.assert(
    fc.property(series, options, (values, given) => {
      expect(evidence(values.map(map), given)).toEqual(evidence(values, given));
    }),
  );
});

test('a detector has no level before its first point', () => {
  const detector = new AedDetector();
  expect(detector.level).toBeUndefined();
  detector.push(5);
  expect(detector.level).toMatchObject({ since: 0, count: 1, median: 5 });
});

test('minus zero is zero', () => {
  const detector = new AedDetector();
  detector.push(-0);
  expect(detector.toJSON().regime).toEqual([0]);
});

describe('reset', () => {
  const step = [...flat(0, 20), ...flat(5, 20)];
  const regimeStartAfter = (given: DetectorOptions) => {
    const detector = new AedDetector(given);
    const index = step.findIndex((value) => detector.push(value) !== undefined);
    return { detectedAt: index, regimeStart: detector.regimeStart, length: detector.length };
  };

  test('the next regime starts after the detection', () => {
    const { detectedAt, regimeStart, length } = regimeStartAfter({});
    expect([regimeStart, length]).toEqual([detectedAt + 1, detectedAt + 1]);
  });

  test('or with the first point of the new level', () => {
    const { detectedAt, regimeStart, length } = regimeStartAfter({ restart: 'change' });
    expect([regimeStart, length]).toEqual([20, detectedAt + 1]);
  });
});

describe('the first test of a regime', () => {
  const jump = [0, 0, 9, 9, 9, 9, 9, 9];
  test.each([
    [4, 3],
    [5, 4],
    [8, 7],
  ])('with startup %d is at index %d', (startup, detectedAt) => {
    const [found] = detectChangePoints(jump, { alpha: 0.999, startup });
    expect(found?.detectedAt).toBe(detectedAt);
  });
});

describe('maxRegimeLength', () => {
  test.each([
    [10, 9, 0],
    [10, 10, 5],
    [10, 14, 5],
    [10, 15, 10],
    [11, 11, 6],
    [Number.POSITIVE_INFINITY, 300, 0],
  ])('%d: after %d quiet points the regime starts at %d', (maxRegimeLength, points, regimeStart) => {
    const detector = new AedDetector({ maxRegimeLength });
    for (const value of flat(1, points)) detector.push(value);
    expect(detector.regimeStart).toBe(regimeStart);
    expect(detector.toJSON().regime).toEqual(flat(1, points - regimeStart));
  });
});
