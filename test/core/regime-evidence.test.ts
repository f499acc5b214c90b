import { AedDetector, type Evidence, mppTest, RegimeEvidence, statisticAt } from '@aed/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { levels, options } from './arbitraries.ts';

test('is the MPP test of the regime at every point from the startup on', () => {
  fc.assert(
    fc.property(levels(12), options, fc.nat(30), (values, given, at) => {
      const regime = new RegimeEvidence(given, values.slice(0, at));
      values.slice(at).forEach((value, index) => {
        const soFar = values.slice(0, at + index + 1);
        const points = soFar.length;
        const { statistic, pValue, direction } = mppTest(soFar, given);
        const needed = statisticAt(given.alpha, points);
        const expected: Evidence = { points, statistic, needed, pValue, direction };
        expect(regime.push(value)).toEqual(points < given.startup ? undefined : expected);
      });
    }),
  );
});

test('is more than is needed where a detector finds a change, and nowhere else', () => {
  fc.assert(
    fc.property(levels(), options, (values, given) => {
      const detector = new AedDetector(given);
      let regime = new RegimeEvidence(given);
      values.forEach((value, index) => {
        const { statistic = 0, needed = Number.POSITIVE_INFINITY } = regime.push(value) ?? {};
        const start = detector.regimeStart;
        expect(detector.push(value) !== undefined).toBe(statistic > needed);
        if (detector.regimeStart === start) return;
        regime = new RegimeEvidence(given, values.slice(detector.regimeStart, index + 1));
      });
    }),
  );
});

test('a value that is no finite number is refused', () => {
  const message = 'value at index 2 must be a finite number, got NaN';
  expect(() => new RegimeEvidence({}, [1, 2, Number.NaN])).toThrow(new RangeError(message));
  expect(() => new RegimeEvidence({}, [1, 2]).push(Number.NaN)).toThrow(new RangeError(message));
});
