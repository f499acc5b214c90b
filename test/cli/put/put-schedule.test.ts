import { expect, test } from 'vitest';
import { whenDue } from '../../../cli/produce/pace.ts';
import { putLimits } from '../../../cli/produce/put-limits.ts';
import { putSchedule } from '../../../cli/put/put-schedule.ts';

const distances = (dueAt: (recordedAt: number) => number, times: readonly number[]) => {
  const [first = 0, ...due] = times.map(dueAt);
  return due.map((at) => at - first);
};

test('a rate counts readings, whatever their times are', () => {
  expect(distances(putSchedule({ rate: 4 }), [0, 0, 9e9, 5])).toEqual([250, 500, 750]);
});

test('a speed keeps the distances of the times', () => {
  expect(distances(putSchedule({ speed: 60 }), [60_000, 60_000, 120_000, 3_660_000])).toEqual([
    0, 1_000, 60_000,
  ]);
});

test('a schedule begins with its first event, and without a pace all are due', () => {
  const before = Date.now();
  expect(putSchedule({ speed: 1 })(0)).toBeGreaterThanOrEqual(before);
  expect(putSchedule({})(9e15)).toBe(0);
});

test('what is due at once comes in groups of a bounded size', async () => {
  const events = Array.from({ length: putLimits.aggregateEvents + 1 }, () => ({ timestamp: 0 }));
  const sizes: number[] = [];
  for await (const due of whenDue(events, new AbortController().signal)) sizes.push(due.length);
  expect(sizes).toEqual([putLimits.aggregateEvents, 1]);
});
