import { type DetectorOptions, detectChangePoints, mppTest } from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normal } from '../../cli/produce/random.ts';
import { WhatIf } from '../../web/page/what-if.ts';

const series = fc
  .array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 5, max: 60 })), { maxLength: 5 })
  .chain((levels) =>
    fc.tuple(
      ...levels.map(([level, length]) =>
        fc.array(fc.integer({ min: level, max: level + 6 }), { minLength: length, maxLength: length }),
      ),
    ),
  )
  .map((stretches) => stretches.flat());
const options: fc.Arbitrary<DetectorOptions> = fc.record({
  statistic: fc.constantFrom('mpp', 'scan'),
  falseAlarmEvery: fc.constantFrom(100, 10_000),
  minimumLength: fc.constantFrom(2, 8),
  alpha: fc.constantFrom(0.001, 0.01, 0.2),
  practicalThreshold: fc.constantFrom(0, 1, 4),
  startup: fc.integer({ min: 2, max: 20 }),
  restart: fc.constantFrom('detection', 'change'),
  maxRegimeLength: fc.constantFrom(Number.POSITIVE_INFINITY, 60),
});

const hour = 3_600_000;
/** Hours from a certain time on. */
const timesOf = (values: readonly number[]) => values.map((_, index) => 1_790_000_000_000 + index * hour);

function whatIf(values: readonly number[], given: DetectorOptions): WhatIf {
  const run = new WhatIf(given);
  const times = timesOf(values);
  values.forEach((value, index) => {
    run.push(value, times[index] as number);
  });
  return run;
}

const pick = ({ statistic, pValue }: { statistic: number; pValue: number }) => ({ statistic, pValue });

describe('what would have been reported', () => {
  test('is what the core reports', () => {
    fc.assert(
      fc.property(series, options, (values, given) => {
        expect(whatIf(values, given).changePoints).toEqual(detectChangePoints(values, given));
      }),
    );
  });

  test('the evidence exceeds the threshold where a change is found, and nowhere else', () => {
    fc.assert(
      fc.property(series, options, (values, given) => {
        const { evidence, changePoints } = whatIf(values, given);
        const beyond = [...evidence.keys()].filter((at) => (evidence[at] as number) > 1);
        expect(beyond).toEqual(changePoints.map(({ detectedAt }) => detectedAt));
      }),
    );
  });

  test('the test at the newest reading is the MPP test of the regime', () => {
    const values = Array.from({ length: 30 }, (_, index) => (index < 24 ? index % 3 : 5 + (index % 3)));
    const { test: newest } = whatIf(values, { practicalThreshold: 1 });
    const { statistic, pValue, direction } = mppTest(values, { practicalThreshold: 1 });
    expect(newest).toMatchObject({ points: 30, statistic, pValue, direction });
    expect(newest?.statistic).toBeGreaterThan(0);
  });

  test('the test at the newest reading of a scan has its score beside its threshold', () => {
    const values = Array.from({ length: 300 }, (_, index) => ((index * 61) % 293) + (index < 295 ? 0 : 400));
    const { test: newest, evidence, options } = whatIf(values, { statistic: 'scan' });
    expect(newest).toMatchObject({ points: 300, direction: 'up' });
    expect(newest?.statistic).toBeLessThan(newest?.needed ?? 0);
    expect(newest?.pValue).toBeGreaterThan(1 / options.falseAlarmEvery);
    expect(evidence.at(-1)).toBe((newest?.statistic ?? 0) / (newest?.needed ?? 0));
  });

  test('it goes on from where the service stands: readings that were tested are not tested again with other options', () => {
    const values = [0, 9, 4].flatMap((level) =>
      Array.from({ length: 30 }, (_, index) => level + (index % 3)),
    );
    // With this threshold 30 and 60 are changes; the service, whose threshold was 6 so far, reset at 36 alone.
    const given = { practicalThreshold: 1 };
    expect(whatIf(values, given).changePoints).toHaveLength(2);
    const resumed = new WhatIf(given, {
      values: values.slice(0, 85),
      times: timesOf(values.slice(0, 85)),
      regimeStart: 37,
    });
    expect(resumed.changePoints).toEqual([]);
    expect(resumed.test).toMatchObject({ points: 48, ...pick(mppTest(values.slice(37, 85), given)) });
    expect(resumed.evidence.findIndex((part) => !Number.isNaN(part))).toBe(37 + 4);
    expect(resumed.evidence).toHaveLength(85);

    resumed.push(values[85] as number, 0);
    expect(resumed.changePoints).toMatchObject([{ changedAt: 60, detectedAt: 85 }]);
    expect(resumed.regimeStart).toBe(86);
  });

  test('all readings are compared with the scan, unless it is the statistic itself', () => {
    const draw = normal(1);
    let level = 0;
    const values = Array.from({ length: 1_500 }, () => {
      level = 0.9 * level + draw();
      return level;
    });
    const found = detectChangePoints(values).length;
    const byScan = detectChangePoints(values, { statistic: 'scan' }).length;
    const tested = { values, times: timesOf(values), regimeStart: 1_000 };
    const run = new WhatIf({}, tested);
    expect(run.wander).toMatchObject({ reported: found, byScan });
    expect(new WhatIf({ statistic: 'scan' }, tested).wander).toBeUndefined();
  });

  test('a season is compared by the times of the readings, also where the service stands', () => {
    const draw = normal(3);
    const all = Array.from({ length: 400 }, (_, index) => 5 * Math.sin((index * Math.PI) / 12) + draw());
    const isThere = (_: number, index: number) => index % 100 >= 31;
    const times = timesOf(all).filter(isThere);
    const values = all.filter(isThere);
    const given = { statistic: 'scan', dependence: 'independent', period: 24 } as const;
    const run = (options: DetectorOptions, start: number) => {
      const tested = { values: values.slice(0, start), times: times.slice(0, start), regimeStart: 0 };
      const one = new WhatIf(options, tested);
      for (let index = start; index < values.length; index++)
        one.push(values[index] as number, times[index] as number);
      return one;
    };
    const byTime = { ...given, interval: 3600 };
    expect(run(given, 0).changePoints).not.toEqual([]);
    expect(run(byTime, 0).changePoints).toEqual([]);
    expect(run(byTime, 200).changePoints).toEqual([]);
    expect(run(byTime, 200).test).toEqual(run(byTime, 0).test);
  });

  test('before the startup is over there is no test', () => {
    const run = whatIf([1, 2, 3], { startup: 4 });
    expect(run.test).toBeUndefined();
    expect(run.evidence).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});
