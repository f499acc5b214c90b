import { type ChangePoint, type DetectorOptions, detectChangePoints, mppTest, scanTest } from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { integer, oneOf, randomOf } from './random.ts';

/** Steps of the data, which are hundredths. */
const unit = 100;
const written = (steps: number) => Number((steps / unit).toFixed(2));

/** 150 levels a tenth apart. */
const levels = Array.from({ length: 150 }, (_, index) => 10 * (index + 130));

const statistics = ['mpp', 'scan'] as const;
const thresholds = [5, 10, 20, 30, 50];

/** Sixty points of a level and sixty that lie `shift` steps higher, in steps. @param jitter - its period divides sixty */
const shifted = (level: number, shift: number, jitter: readonly number[]) =>
  Array.from(
    { length: 120 },
    (_, index) => level + (index < 60 ? 0 : shift) + (jitter[index % jitter.length] ?? 0),
  );

describe.each(statistics)('with the statistic %s', (statistic) => {
  const levelsWithReports = (
    levels: readonly number[],
    shift: number,
    delta: number,
    jitter: readonly number[],
  ) =>
    [1, -1].flatMap((sign) =>
      levels.filter((level) => {
        const series = shifted(level, sign * shift, jitter).map(written);
        return detectChangePoints(series, { statistic, practicalThreshold: written(delta) }).length > 0;
      }),
    );

  test.each(thresholds)(
    'a shift of exactly the threshold, %d hundredths, is reported at no level',
    (delta) => {
      expect(levelsWithReports(levels, delta, delta, [0])).toEqual([]);
      expect(levelsWithReports(levels, delta, delta, [0, 1, -1, 2, -2])).toEqual([]);
    },
  );

  test.each(thresholds)('one of a hundredth more than %d is reported', (delta) => {
    const some = levels.filter((_, index) => index % 10 === 0);
    expect(levelsWithReports(some, delta + 1, delta, [0])).toEqual([...some, ...some]);
  });
});

/** What of a change does not depend on the unit of the data. */
const decisionOf = ({ changedAt, detectedAt, direction, statistic, pValue, superiority }: ChangePoint) => ({
  ...{ changedAt, detectedAt, direction, statistic, pValue, superiority },
});

/** Whole steps that move between levels, and their threshold. */
function randomSteps(seed: number) {
  const random = randomOf(seed);
  const delta = integer(random, 1, 12);
  const [width, points] = [oneOf(random, [0, 1, 3, 10]), integer(random, 20, 160)];
  let level = integer(random, 0, 3000);
  const steps = Array.from({ length: points }, () => {
    if (random() < 0.03) level += oneOf(random, [delta, -delta, 2 * delta, integer(random, -30, 30)]);
    return level + integer(random, -width, width);
  });
  const options: DetectorOptions = {
    statistic: oneOf(random, statistics),
    dependence: oneOf(random, ['auto', 'independent'] as const),
    alpha: oneOf(random, [0.01, 0.2]),
    falseAlarmEvery: oneOf(random, [100, 1000]),
    minimumLength: 4,
    restart: oneOf(random, ['detection', 'change'] as const),
  };
  return { steps, delta, options };
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 });

test.each<[string, (steps: number, unit: number) => number, (delta: number, unit: number) => number]>([
  ['written with some decimals', (steps, unit) => steps / unit, (delta, unit) => delta / unit],
  ['multiplied by their step', (steps, unit) => steps * (1 / unit), (delta, unit) => delta / unit],
  ['shifted after they were read', (steps, unit) => steps / unit + 273.15, (delta, unit) => delta / unit],
  ['in another unit', (steps, unit) => (steps / unit) * 1.8 + 32, (delta, unit) => (delta / unit) * 1.8],
  ['upside down', (steps, unit) => 0 - steps / unit, (delta, unit) => delta / unit],
])('whole numbers %s have the decisions of whole numbers', (name, value, threshold) => {
  fc.assert(
    fc.property(seeds, fc.constantFrom(10, 100, 1000), (seed, unit) => {
      const { steps, delta, options } = randomSteps(seed);
      const sign = name === 'upside down' ? -1 : 1;
      const whole = steps.map((step) => sign * step + 0);
      const decimals = steps.map((step) => value(step, unit));
      const [exactly, near] = [
        { ...options, practicalThreshold: delta },
        { ...options, practicalThreshold: threshold(delta, unit) },
      ];
      const found = detectChangePoints(decimals, near);
      expect(found.map(decisionOf)).toEqual(detectChangePoints(whole, exactly).map(decisionOf));
      for (const { magnitude } of found)
        expect(Math.abs(magnitude)).toBeGreaterThanOrEqual(near.practicalThreshold);
      expect(mppTest(decimals, near)).toEqual(mppTest(whole, exactly));
      expect(scanTest(decimals, near)).toEqual(scanTest(whole, exactly));
    }),
  );
});
