import { resolveOptions } from '@aed/core';
import { expect, test } from 'vitest';
import { evidenceText, stateText, wanderText } from '../../../web/page/opened/opened-texts.ts';
import type { WhatIfAnswer } from '../../../web/page/what-if-client.ts';

const answer: WhatIfAnswer = {
  options: resolveOptions(),
  changePoints: [],
  from: 0,
  milliseconds: 1,
  evidence: new Float64Array(0),
  regimeStart: 0,
  wander: undefined,
  test: { points: 1_200, statistic: 3_400, needed: 51_234.5, pValue: 0.4, direction: 'up' },
};

test('the evidence of the MPP test is K beside the K that is needed, and p beside alpha', () => {
  expect(evidenceText(answer, 5)).toBe(
    'K is 3,400 of the 51,235 needed; p is 0.40, and a change point needs p below 0.01. 1,200 readings compared.',
  );
});

test('the evidence of the MPP test with a stated rate is p beside the alpha of this length', () => {
  const options = resolveOptions({ falseAlarmEvery: 10_000 });
  expect(evidenceText({ ...answer, options }, 5)).toBe(
    'K is 3,400 of the 51,235 needed; p is 0.40, and a change point needs p below 0.02: one false alarm in 10,000 readings. 1,200 readings compared.',
  );
});

test('the evidence of the scan is its score beside the threshold; alpha has no effect', () => {
  const options = resolveOptions({ statistic: 'scan' });
  const scan = { points: 1, statistic: 2.5, needed: 4.4149, pValue: 0.04, direction: 'up' as const };
  expect(evidenceText({ ...answer, options, test: scan }, 16)).toBe(
    'The score is 2.50, and a change point needs a score above the threshold of 4.41: one false alarm in 10,000 readings. ' +
      '1 reading compared.',
  );
});

test('the readings between false alarms are told as a time, where the readings have an interval', () => {
  const options = resolveOptions({ falseAlarmEvery: 10_000 });
  const times = [0, 5_000, 10_000, 15_000];
  expect(evidenceText({ ...answer, options }, 5, times)).toContain(
    ': one false alarm in 10,000 readings, about 14h. 1,200 readings',
  );
});

test('the evidence of the scan says how many readings count as one, if it is more', () => {
  const options = resolveOptions({ statistic: 'scan' });
  const scan = { points: 100, statistic: 2.5, needed: 4.4149, pValue: 0.04, direction: 'up' as const };
  const text = (inflation: number, advice?: string) =>
    evidenceText({ ...answer, options, test: { ...scan, dependence: { inflation, advice } } }, 16);
  const change = '100 readings compared.';
  expect(text(1.2).slice(-change.length)).toBe(change);
  expect(text(3.21)).toContain(
    `${change} Neighbours resemble each other, so that 3.2 readings count as one.`,
  );
  expect(text(60, 'do this')).toContain(`${change} Do this.`);
});

test('before the first test it says how many readings a test takes', () => {
  expect(evidenceText(undefined, 16)).toBe('No test yet: it takes 16 readings.');
});

test('change points that may be wander get a note with what the scan would have reported', () => {
  const wander = { reported: 147, byScan: 3, correlation: 0.48 };
  expect(wanderText({ ...answer, wander })).toBe(
    '147 change points; neighbouring readings resemble each other (lag-1 rank correlation 0.48), so many of these may be wander, not events. ' +
      'The scan (statistic, under What if) would report 3; a practical threshold leaves out changes too small to matter.',
  );
  const options = resolveOptions({ practicalThreshold: 1 });
  expect(wanderText({ ...answer, options, wander: { ...wander, byScan: 140 } })).toMatch(
    /not events\. A larger practical threshold leaves out/,
  );
  expect([wanderText(answer), wanderText(undefined)]).toEqual(['', '']);
});

test.each([
  [undefined, 0, {}, 'No readings.'],
  [undefined, 0, { readings: 2 }, 'No readings. Left out: 2 damaged readings; aed history says which.'],
  [7, 2, {}, 'Now 7, level 6; 2 readings.'],
  [
    7,
    2,
    { changePoints: 1 },
    'Now 7, level 6; 2 readings. Left out: 1 damaged change point; aed history says which.',
  ],
  [
    7,
    2,
    { readings: 1, changePoints: 2 },
    'Now 7, level 6; 2 readings. Left out: 1 damaged reading and 2 damaged change points; aed history says which.',
  ],
])('the newest value %s of %i readings, with what was left out: %j', (newest, readings, damaged, text) => {
  const counts = { readings: 0, changePoints: 0, ...damaged };
  expect(stateText(newest, 6, readings, { startsRegime: true, damaged: counts })).toBe(text);
});
