import { type OptionRow, optionTable } from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnnotatedSeries, AnnotatedSet } from '../../../bench/evaluate/annotated.ts';
import { contenders } from '../../../bench/evaluate/contenders.ts';
import { covering } from '../../../bench/evaluate/definitions/covering.ts';
import { detect } from '../../../bench/evaluate/detect.ts';
import { evaluate } from '../../../bench/evaluate/evaluate.ts';
import { scoreSeries } from '../../../bench/evaluate/score.ts';
import { nameOf, settings, settingTexts } from '../../../bench/evaluate/settings.ts';
import { summarize } from '../../../bench/evaluate/summary.ts';

const margin = 5;
const signal = new AbortController().signal;

/** A series that is annotated, with values that do not matter. */
function annotated(length: number, ...annotators: (readonly number[])[]): AnnotatedSeries {
  const values = Array.from({ length }, (_, index) => index % 3);
  return {
    name: 'some',
    group: undefined,
    values,
    truth: {
      kind: 'changes',
      annotators: annotators.map((changes, index) => ({ name: `${index}`, changes })),
    },
  };
}

function inWindows(length: number, ...windows: { first: number; last: number }[]): AnnotatedSeries {
  return { ...annotated(length), truth: { kind: 'windows', windows } };
}

function contender(name: string) {
  const found = contenders(margin).find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no contender ${name}`);
  return found;
}

describe('a series is scored', () => {
  test('where by changedAt, how late by detectedAt', () => {
    const series = annotated(100, [20, 60], [60]);
    const reported = [
      { changedAt: 22, detectedAt: 30 },
      { changedAt: 60, detectedAt: 75 },
      { changedAt: 90, detectedAt: 99 },
    ];
    expect(scoreSeries(series, reported, margin)).toMatchObject({
      kind: 'changes',
      reported: 3,
      precision: 3 / 4,
      recall: 1,
      delays: [10, 15, 15],
    });
  });

  test('by the first that was known of two at one place', () => {
    const reported = [
      { changedAt: 20, detectedAt: 40 },
      { changedAt: 20, detectedAt: 25 },
    ];
    expect(scoreSeries(annotated(100, [20]), reported, margin).delays).toEqual([5]);
  });

  test('and index 0, which is in every set, has no delay', () => {
    const reported = [{ changedAt: 0, detectedAt: 9 }];
    expect(scoreSeries(annotated(100, []), reported, margin)).toMatchObject({ f1: 1, delays: [] });
  });
});

describe('the rows beside the settings', () => {
  const marks = fc.uniqueArray(fc.integer({ min: 1, max: 59 }), { maxLength: 6 });

  test('a perfect annotator scores 1 and knows at once, where one annotator marked the changes', () => {
    fc.assert(
      fc.property(marks, (changes) => {
        const series = annotated(60, changes);
        const score = scoreSeries(series, contender('perfect annotator').report(series), margin);
        expect(score).toMatchObject({ f1: 1, covering: 1, delays: changes.map(() => 0) });
      }),
    );
  });

  test('of several annotators, the perfect one is as good as the best of them, in any order', () => {
    fc.assert(
      fc.property(fc.array(marks, { minLength: 1, maxLength: 4 }), (all) => {
        const score = (annotators: number[][]) => {
          const series = annotated(60, ...annotators);
          return scoreSeries(series, contender('perfect annotator').report(series), margin);
        };
        const best = all.map((changes) => {
          const reported = changes.map((place) => ({ changedAt: place, detectedAt: place }));
          return scoreSeries(annotated(60, ...all), reported, margin);
        });
        const f1s = best.map((one) => (one.kind === 'changes' ? one.f1 : 0));
        expect(score(all)).toMatchObject({ f1: Math.max(...f1s) });
        const [there, back] = [summarize([score(all)]), summarize([score(all.toReversed())])];
        expect(back.f1).toBeCloseTo(there.f1 ?? 0, 12);
        expect(back.covering).toBeCloseTo(there.covering ?? 0, 12);
      }),
    );
  });

  test('a perfect annotator finds every window at its first point', () => {
    const series = inWindows(60, { first: 5, last: 9 }, { first: 30, last: 40 });
    const score = scoreSeries(series, contender('perfect annotator').report(series), margin);
    expect(score).toMatchObject({ windows: 2, found: 2, outside: 0, delays: [0, 0] });
  });

  test('who reports nothing has the covering of one stretch, and finds no window', () => {
    const series = annotated(60, [20]);
    const score = scoreSeries(series, contender('reports nothing').report(series), margin);
    expect(score).toMatchObject({ reported: 0, f1: 2 / 3, covering: covering([[20]], [], 60) });
    expect(scoreSeries(inWindows(60, { first: 5, last: 9 }), [], margin)).toMatchObject({
      found: 0,
      outside: 0,
    });
  });

  test('who reports every point finds everything at once, and much beside it', () => {
    const report = contender('reports every point').report;
    const series = annotated(60, [20, 50]);
    expect(scoreSeries(series, report(series), margin)).toMatchObject({
      reported: 59,
      recall: 1,
      precision: 3 / 60,
      delays: [0, 0],
    });
    const windows = inWindows(60, { first: 5, last: 9 });
    expect(scoreSeries(windows, report(windows), margin)).toMatchObject({
      found: 1,
      outside: 54,
      delays: [0],
    });
  });
});

describe('the settings', () => {
  test('are the default statistic with its defaults, with smaller levels and with a rate', () => {
    expect(settings().slice(0, 4)).toEqual([
      { name: 'mpp', options: {} },
      { name: 'mpp, alpha 0.001', options: { alpha: 0.001 } },
      { name: 'mpp, alpha 0.0001', options: { alpha: 0.0001 } },
      { name: 'mpp, falseAlarmEvery 10000', options: { falseAlarmEvery: 10_000 } },
    ]);
  });

  const statistic: OptionRow<unknown> = { ...optionTable.restart, default: 'mpp', choices: ['mpp', 'scan'] };
  const row = optionTable.minimumLength;
  const usual = ['mpp', 'mpp, alpha 0.001'];
  const rates = ['scan, falseAlarmEvery 1000', 'scan, falseAlarmEvery 100000'];

  test.each<[string, string[], number | undefined, string[]]>([
    ['no other option', [], undefined, ['mpp', 'scan']],
    ['a level', ['alpha'], undefined, [...usual, 'mpp, alpha 0.0001', 'scan']],
    ['a rate', ['falseAlarmEvery'], undefined, ['mpp', 'mpp, falseAlarmEvery 10000', 'scan', ...rates]],
    ['dependence', ['dependence'], undefined, ['mpp', 'scan', 'scan, dependence independent']],
    ['seasons', ['period'], undefined, ['mpp', 'scan']],
    ['seasons, and one is given', ['period'], 24, ['mpp', 'scan', 'scan, period 24']],
  ])('of a core that knows %s', (_, options, period, expected) => {
    const table = { ...Object.fromEntries(options.map((name) => [name, row])), statistic };
    expect(settingTexts(period, table).map(nameOf)).toEqual(expected);
  });
});

test('missing values are not tested, and counted in what is reported', () => {
  const values = [...Array(30).fill(0), ...Array(30).fill(5)];
  const [expected] = detect({ ...annotated(0), values });
  const withMissing = values.flatMap((value, index) => (index % 10 === 3 ? [Number.NaN, value] : [value]));
  const [found] = detect({ ...annotated(0), values: withMissing });
  expect(expected).toMatchObject({ from: 0, changedAt: 30 });
  expect(found).toMatchObject({ from: 0, changedAt: 33 });
  expect(withMissing[found?.detectedAt ?? 0]).toBe(5);
});

describe('a summary', () => {
  const score = (f1: number, delays: number[] = []) =>
    ({ kind: 'changes', f1, precision: 1, recall: f1, covering: 1, reported: 2, delays }) as const;

  test('of changes is the mean over the series, with its standard error', () => {
    const summary = summarize([score(0.5, [9, 1]), score(1, [2, 4]), score(0.75)]);
    expect(summary).toMatchObject({ series: 3, f1: 0.75, recall: 0.75, reported: 6, delayMedian: 3 });
    expect(summary.f1Error).toBeCloseTo(0.25 / Math.sqrt(3), 12);
  });

  test('of one series has no error, and without a delay no median', () => {
    expect(summarize([score(1)])).toEqual({
      series: 1,
      f1: 1,
      precision: 1,
      recall: 1,
      covering: 1,
      reported: 2,
    });
  });

  test('of windows is counted over all series together', () => {
    const counts = (windows: number, found: number, outside: number) =>
      ({
        kind: 'windows',
        windows,
        found,
        placed: 0,
        outside,
        reported: found + outside,
        delays: [],
      }) as const;
    expect(summarize([counts(3, 2, 0), counts(1, 0, 2)])).toMatchObject({
      windows: 4,
      found: 2,
      outside: 2,
      precision: 1 / 2,
      recall: 1 / 2,
      f1: 1 / 2,
    });
    expect(summarize([counts(0, 0, 0)])).not.toHaveProperty('f1');
  });
});

describe('an evaluation', () => {
  const set: AnnotatedSet = {
    title: 'some',
    series: [
      { ...annotated(60, [20]), name: 'a/1', group: 'a' },
      { ...annotated(60, []), name: 'b/1', group: 'b' },
      { ...annotated(60, [30]), name: 'a/2', group: 'a' },
    ],
    leftOut: [],
  };

  test('scores every contender on every series, and by group', async () => {
    const done: number[] = [];
    const results = await evaluate(set, contenders(margin), {
      margin,
      signal,
      onSeries: (count) => done.push(count),
    });
    expect(done).toEqual([1, 2, 3]);
    expect(results.map(({ scores }) => scores.length)).toEqual(contenders(margin).map(() => 3));
    const [nothing] = results;
    expect(nothing?.summary.f1).toBeCloseTo((2 / 3 + 1 + 2 / 3) / 3, 12);
    expect([...(nothing?.groups ?? [])].map(([name, { series, f1 }]) => [name, series, f1])).toEqual([
      ['a', 2, 2 / 3],
      ['b', 1, 1],
    ]);
  });

  test('ends when it is interrupted', async () => {
    const interrupt = new AbortController();
    const running = evaluate(set, contenders(margin), {
      margin,
      signal: interrupt.signal,
      onSeries: () => interrupt.abort(new Error('interrupted')),
    });
    await expect(running).rejects.toThrow('interrupted');
  });
});
