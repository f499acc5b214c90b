import { expect, test } from 'vitest';
import { FailedError } from '../../cli/context.ts';
import { pointsOfTime, SharedTimesError } from '../../cli/points-of-time.ts';
import { medianInterval } from '../../lambda/median-interval.ts';
import { aboutSpanText, spanText, timeSpan } from '../../lambda/time-span.ts';

test.each([
  ['500ms', 500],
  ['90s', 90_000],
  ['1.5m', 90_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
  ['2w', 1_209_600_000],
])('%s is a length of time', (text, span) => {
  expect(timeSpan(text)).toBe(span);
});

test.each(['', '24', '0h', '-1h', '1 h', 'h', '1y', '1h30m', 'Infinity', '1e3s'])(
  "'%s' is no length of time",
  (text) => {
    expect(timeSpan(text)).toBeUndefined();
  },
);

test.each(['1ms', '1500ms', '5m', '90m', '1d', '1w', '10d'])('%s is written as it is read', (text) => {
  expect(spanText(timeSpan(text) ?? 0)).toBe(text);
});

test('a length is written in its largest whole unit', () => {
  expect(['24h', '60s', '168h', '1.5h'].map((text) => spanText(timeSpan(text) ?? 0))).toEqual([
    '1d',
    '1m',
    '1w',
    '90m',
  ]);
  expect(spanText(0.2)).toBe('1ms');
});

test.each([
  [50_000_000, '14h'],
  [20 * 86_400_000, '2.9w'],
  [90_000, '1.5m'],
  [3_600_000, '1h'],
  [0.4, '0.4ms'],
])('%d ms are about %s', (span, text) => {
  expect(aboutSpanText(span)).toBe(text);
});

const every = (interval: number, count: number) =>
  Array.from({ length: count }, (_, index) => index * interval);

test('the interval is the median distance, which a gap and a repeated time do not move', () => {
  expect(medianInterval(every(300, 10))).toBe(300);
  expect(medianInterval([0, 300, 600, 90_000, 90_300, 90_300, 90_600])).toBe(300);
});

test.each([[[]], [[5]], [[5, 5, 5]], [[9, 6, 3]]])('the times %j tell no interval', (times) => {
  expect(medianInterval(times)).toBeUndefined();
});

test('a time is turned into points by the interval of the series', () => {
  const times = every(300_000, 20);
  expect(pointsOfTime('--period', '1d', times)).toEqual({
    points: 288,
    interval: 300_000,
    words: '1d = 288 readings, one every 5m',
  });
  expect(pointsOfTime('--period', '1s', times).points).toBe(1);
  expect(pointsOfTime('--period', '1s', times).words).toBe('1s = 1 reading, one every 5m');
});

test('without times it is refused, naming the option and what to do', () => {
  expect(() => pointsOfTime('--false-alarm-every', '1d', [])).toThrow(
    new FailedError(
      '--false-alarm-every 1d is a time, but the readings have no times that tell how far apart they are; give it in readings, or name the column with --time-column',
    ),
  );
});

test('where most readings share their times, it is refused for that cause', () => {
  expect(() => pointsOfTime('--period', '1d', [0, 0, 0, 5, 5, 5])).toThrow(
    new SharedTimesError(
      '--period 1d is a time, but most readings have the time of the one before, as those of several series in one have; name the column of the series with --series-column, or one of finer times with --time-column, or give it in readings',
    ),
  );
});
