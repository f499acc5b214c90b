import { describe, expect, test } from 'vitest';
import { FailedError } from '../../cli/context.ts';
import { freeDetectorOptions } from '../../cli/detector-options.ts';
import { timedOptions } from '../../cli/timed-options.ts';

const minutes = (every: number) =>
  Array.from({ length: 101 }, (_, index) => 1_767_225_600_000 + index * every * 60_000);
const scan = (period: string, interval?: string) => ({
  statistic: 'scan',
  period,
  ...(interval !== undefined && { interval }),
});
const placesOf = (text: string, every: number, interval?: string) => {
  const { options, words } = timedOptions(scan(text, interval), freeDetectorOptions).of(minutes(every));
  return { period: options.period, seconds: options.period * options.interval, words };
};

describe('a period that is a time', () => {
  test.each([undefined, '25m', '1500'])(
    'may be no whole number of readings, with an interval (%s) as without',
    (interval) => {
      const { period, seconds, words } = placesOf('24h', 25, interval);
      expect(period).toBe(58);
      expect(seconds).toBeCloseTo(86_400, 6);
      expect(words).toEqual(['--period 24h = 57.6 readings, taken as 58 places, one every 25m']);
    },
  );

  test.each([undefined, '1m'])('has at least two readings, with an interval (%s) as without', (interval) => {
    for (const text of ['30s', '60s', '80s', '90s', '110s']) {
      expect(() => placesOf(text, 1, interval)).toThrow(FailedError);
      expect(() => placesOf(text, 1, interval)).toThrow(
        `--period must have at least two readings, got ${text} with one every 1m`,
      );
    }
    for (const text of ['118s', '2m']) expect(placesOf(text, 1, interval).period).toBe(2);
  });
});

test('readings that are irregular are told where a time is turned into points', () => {
  const times = minutes(1).map((time, index) => time + (index % 2) * 50_000);
  const { words } = timedOptions({ statistic: 'scan', falseAlarmEvery: '1d' }, freeDetectorOptions).of(times);
  expect(words).toEqual([
    '--false-alarm-every 1d = 785 readings, one every 110s by the median; they are irregular, half of them 10s to 1.8m apart',
  ]);
});
