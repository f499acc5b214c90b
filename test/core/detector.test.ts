import {
  AedDetector,
  type ChangePoint,
  type DetectorOptions,
  detectChangePoints,
  type ResolvedOptions,
} from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { levels, noise, options } from './arbitraries.ts';
import golden from './golden/r-trend.json' with { type: 'json' };
import { naiveDetect } from './naive.ts';

const series = fc.oneof(noise(60), levels());
const flat = (level: number, points: number): number[] => Array(points).fill(level);

test('says at every point what the definitions say', () => {
  fc.assert(
    fc.property(series, options, (values, given) => {
      expect(detectChangePoints(values, given)).toEqual(naiveDetect(values, given));
    }),
  );
});

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

  test('a p-value is below alpha', () => {
    eachChange(({ pValue }, { alpha }) => expect(pValue).toBeLessThan(alpha));
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

describe('the same changes are found', () => {
  const compare = (
    change: (value: number) => number,
    expected: (found: ChangePoint) => ChangePoint,
    changeOptions = (given: ResolvedOptions) => given,
  ) =>
    fc.assert(
      fc.property(series, options, (values, given) => {
        const found = detectChangePoints(values, given);
        expect(detectChangePoints(values.map(change), changeOptions(given))).toEqual(found.map(expected));
      }),
    );
  const withUnit = (change: (value: number) => number, size: (value: number) => number) => {
    return (found: ChangePoint): ChangePoint => ({
      ...found,
      magnitude: size(found.magnitude),
      before: { ...found.before, median: change(found.before.median) },
      after: { ...found.after, median: change(found.after.median) },
      trend: found.trend && { ...found.trend, slope: size(found.trend.slope) },
    });
  };

  test.each([-1000.25, 0.125, 2 ** 30])('after a shift by %d', (shift) => {
    const change = (value: number) => value + shift;
    compare(
      change,
      withUnit(change, (size) => size),
    );
  });

  test.each([2 ** -40, 2, 2 ** 40])('after scaling by %d', (scale) => {
    const change = (value: number) => value * scale;
    compare(change, withUnit(change, change), (given) => ({
      ...given,
      practicalThreshold: given.practicalThreshold * scale,
    }));
  });

  test('upside down after a change of sign', () => {
    const change = (value: number) => 0 - value;
    compare(change, (found) => ({
      ...withUnit(change, change)(found),
      direction: found.direction === 'up' ? 'down' : 'up',
      superiority: expect.closeTo(1 - found.superiority, 12),
    }));
  });

  test('at the same points with the same evidence after any increasing map, without a threshold', () => {
    const map = (value: number) => Math.sinh(value / 4) + (value > 1 ? 100 : 0);
    const evidence = (values: readonly number[], given: ResolvedOptions) =>
      detectChangePoints(values, { ...given, practicalThreshold: 0 }).map(
        ({ magnitude, before, after, trend, ...rest }) => ({
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
});

describe('a value that is no finite number', () => {
  test.each([
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
    ['3', "'3'"],
    [undefined, 'undefined'],
    [null, 'null'],
    [3n, 'a value of type bigint'],
    [[3], 'a value of type object'],
  ])('%s is refused and leaves the detector as it was', (value, shown) => {
    const detector = new AedDetector();
    for (const good of [1, 2, 3]) detector.push(good);
    const before = JSON.stringify(detector);
    const message = `value at index 3 must be a finite number, got ${shown}`;
    expect(() => detector.push(value as number)).toThrow(new RangeError(message));
    expect(JSON.stringify(detector)).toBe(before);
  });
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
