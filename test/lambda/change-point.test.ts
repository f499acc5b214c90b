import { type ChangePoint, detectChangePoints, resolveOptions } from '@aed/core';
import { expect, test } from 'vitest';
import { nameChangePoint } from '../../lambda/change-point.ts';

const options = resolveOptions();

/** The first change point of a series with a reading every second. */
function named(values: readonly number[], change: (found: ChangePoint) => ChangePoint = (found) => found) {
  const [found] = detectChangePoints(values, options);
  if (found === undefined) throw new Error('no change point');
  const regime = values.slice(0, found.detectedAt + 1).map((value, second) => ({
    eventKey: `${new Date(second * 1000).toISOString()}#e`,
    value,
  }));
  return nameChangePoint(change(found), 'boiler-7', regime, 0, options);
}

const step = [...Array(20).fill(0), ...Array(20).fill(5)];

test('a change point has the times of its readings', () => {
  expect(named(step)).toMatchObject({
    seriesId: 'boiler-7',
    changedAt: '1970-01-01T00:00:20.000Z',
    direction: 'up',
    magnitude: 5,
    before: { count: 20, median: 0, from: '1970-01-01T00:00:00.000Z', to: '1970-01-01T00:00:19.000Z' },
    trend: { slope: 0, pValue: 1 },
  });
});

test('its intervals have the keys and times of their ends, and both levels a mean', () => {
  expect(named(step)).toMatchObject({
    changedFrom: '1970-01-01T00:00:17.000Z',
    changedFromEventKey: '1970-01-01T00:00:17.000Z#e',
    changedTo: '1970-01-01T00:00:21.000Z',
    changedToEventKey: '1970-01-01T00:00:21.000Z#e',
    magnitudeInterval: { from: 5, to: 5 },
    kind: 'shift',
    before: { mean: 0 },
    after: { mean: 5 },
  });
});

test.each([
  [2488.5, 2488.5],
  [1e200, 9.999999999999998e125],
])('says what an alarm worth %d was worth, up to what the table holds', (falseAlarmEvery, stored) => {
  expect(named(step, (found) => ({ ...found, falseAlarmEvery })).falseAlarmEvery).toBe(stored);
});

test('figures too small for the table become 0', () => {
  const trend = { slope: 1e-200, pValue: 1e-140 };
  expect(named(step, (found) => ({ ...found, trend })).trend).toEqual({ slope: 0, pValue: 0 });
});

test('a level too short for a trend has none', () => {
  expect(named(step, (found) => ({ ...found, trend: undefined }))).not.toHaveProperty('trend');
});
