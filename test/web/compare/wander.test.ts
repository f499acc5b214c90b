import { type DetectorOptions, resolveOptions } from '@aed/core';
import { describe, expect, test } from 'vitest';
import { normal } from '../../../cli/produce/random.ts';
import { neighbours } from '../../../web/compare/neighbours.ts';
import { wanderWatch } from '../../../web/compare/wander.ts';
import { wanderNote } from '../../../web/compare/wander-note.ts';

const readings = 3_000;
const series = (seed: number, levelAt: (index: number) => number, correlation = 0): number[] => {
  const draw = normal(seed);
  let noise = 0;
  return Array.from({ length: readings }, (_, index) => {
    noise = correlation * noise + Math.sqrt(1 - correlation ** 2) * draw();
    return levelAt(index) + noise;
  });
};
const steady = () => 0;
const stepsOf = (size: number, every: number) => (index: number) => size * (Math.floor(index / every) % 2);

function watched(values: readonly number[], options: DetectorOptions = {}) {
  const watch = wanderWatch(resolveOptions(options), { ...options, statistic: 'scan' });
  for (const value of values) watch.push(value);
  return watch;
}

describe('independent readings, however many changes there are: nothing to say', () => {
  test.each([
    ['no change', steady, {}],
    ['no change, many false alarms', steady, { alpha: 0.2 }],
    ['5 sd every 60 readings', stepsOf(5, 60), {}],
    ['3 sd every 30 readings', stepsOf(3, 30), {}],
    ['1 sd every 200 readings', stepsOf(1, 200), {}],
    ['0.7 sd every 100 readings', stepsOf(0.7, 100), {}],
    ['no change, a false alarm every 200 readings', steady, { falseAlarmEvery: 200 }],
    ['a ramp', (index: number) => index / 100, {}],
    ['steps below the practical threshold', stepsOf(1, 100), { practicalThreshold: 2 }],
  ])('%s', (_, levelAt, options) => {
    for (let seed = 1; seed <= 5; seed++)
      expect(watched(series(seed, levelAt), options).wander).toBeUndefined();
  });
});

describe('readings that resemble their neighbours: their change points may be wander', () => {
  test.each([
    ['a correlation of 0.5', 0.5, steady],
    ['0.7', 0.7, steady],
    ['0.9', 0.9, steady],
    ['0.99', 0.99, steady],
    ['0.9, with steps of 3 sd', 0.9, stepsOf(3, 500)],
  ])('%s', (_, correlation, levelAt) => {
    for (let seed = 1; seed <= 5; seed++) {
      const { wander } = watched(series(seed, levelAt, correlation));
      expect(wander?.reported).toBeGreaterThanOrEqual(5);
      expect(wander?.correlation).toBeGreaterThan(0.3);
    }
  });

  test.each([0.8, 0.9])('a level that wanders, and an error of each reading: %d', (correlation) => {
    for (let seed = 1; seed <= 5; seed++) {
      const draw = normal(100 + seed);
      const measured = series(seed, steady, correlation).map((value) => value + draw());
      expect(watched(measured).wander?.reported).toBeGreaterThanOrEqual(10);
    }
  });

  test('but not where few are reported', () => {
    expect(watched(series(1, steady, 0.9), { practicalThreshold: 4 }).wander).toBeUndefined();
  });
});

describe('the resemblance of neighbours', () => {
  const of = (...levels: readonly (readonly number[])[]) => {
    const sums = neighbours();
    for (const level of levels) sums.add(level);
    return sums.resemblanceWith([])?.correlation;
  };

  test('is that of the noise, whatever its distribution, the number of readings in a level and the shifts', () => {
    for (const correlation of [0, 0.3, 0.6]) {
      const values = series(2, steady, correlation);
      for (const length of [25, 100, 1_000]) {
        const levels = Array.from({ length: readings / length }, (_, index) =>
          values.slice(index * length, (index + 1) * length).map((value) => Math.exp(value) + 10 * index),
        );
        expect(of(...levels)).toBeGreaterThan(correlation - 0.1);
        expect(of(...levels)).toBeLessThan(correlation + 0.1);
      }
    }
  });

  test('is unknown without a level of 8 readings, or of equal values alone', () => {
    expect(of()).toBeUndefined();
    expect(of([1, 2, 3, 4, 5, 6, 7])).toBeUndefined();
    expect(of(Array(50).fill(3))).toBeUndefined();
    expect(of([1, 2, 3, 4, 5, 6, 7, 8])).toBeGreaterThan(0.8);
  });
});

describe('the note', () => {
  const flags = { scan: '--statistic scan', threshold: '--practical-threshold' };
  const wander = (reported: number, byScan: number, correlation = 0.93) => ({
    reported,
    byScan,
    correlation,
  });
  test.each([
    [
      'of one series',
      [wander(147, 3)],
      { series: 1 },
      '147 change points; neighbouring readings resemble each other (lag-1 rank correlation 0.93), so many of these may be wander, not events. ' +
        '--statistic scan would report 3; --practical-threshold leaves out changes too small to matter.',
    ],
    [
      'of several',
      [wander(100, 0, 0.5), wander(47, 3)],
      { series: 5 },
      'In 2 of 5 series neighbouring readings resemble each other (lag-1 rank correlation 0.50 to 0.93), so many of their 147 change points ' +
        'may be wander, not events. --statistic scan would report 3 there; --practical-threshold leaves out changes too small to matter.',
    ],
    [
      'where the scan reports nothing',
      [wander(5, 0)],
      { series: 1, firstReadings: 1000 },
      /^5 change points in the first 1000 readings; .* --statistic scan would report none;/,
    ],
    [
      'where the scan is no remedy',
      [wander(10, 6)],
      { series: 1, seriesLeft: true },
      /^In 1 of the first 1 series .* not events\. --practical-threshold leaves out/,
    ],
  ])('%s', (_, wanders, part, text) => {
    const note = wanderNote(wanders, part, flags);
    expect(note).toEqual(typeof text === 'string' ? text : expect.stringMatching(text));
  });
});
