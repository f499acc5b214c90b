import { describe, expect, test } from 'vitest';
import { FailedError } from '../../cli/context.ts';
import { type DetectorTexts, detectorOptions, freeDetectorOptions } from '../../cli/detector-options.ts';
import { timedOptions } from '../../cli/timed-options.ts';
import { spanText } from '../../lambda/time-span.ts';

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

describe('a period of more places than a regime can hold four times', () => {
  const captured = (work: () => unknown): Error => {
    try {
      work();
    } catch (error) {
      if (error instanceof FailedError) return error;
    }
    throw new Error('nothing was refused');
  };
  const scanEach = (ms: number, text: string, more: DetectorTexts, resolve: typeof detectorOptions) => {
    const times = Array.from({ length: 101 }, (_, index) => 1_767_225_600_000 + index * ms);
    return timedOptions({ statistic: 'scan', period: text, ...more }, resolve).of(times).options;
  };

  test.each([
    ['24h', 1000, {}, '24h = 86400 readings, one every 1s: a period has at most 25000 places'],
    ['7d', 1000, {}, '7d = 604800 readings, one every 1s: a period has at most 25000 places'],
    ['60s', 1, {}, '60s = 60000 readings, one every 1ms: a period has at most 25000 places'],
    ['90.5s', 1, {}, '90.5s = 90500 readings, one every 1ms: a period has at most 25000 places'],
    ['52w', 60_000, {}, '52w = 524160 readings, one every 1m: a period has at most 25000 places'],
    [
      '24h',
      60_000,
      { maxRegimeLength: '200' },
      '24h = 1440 readings, one every 1m: a period has at most 50 places with --max-regime-length 200',
    ],
  ])(
    '%s of readings every %d ms, with %j, is refused, with a regime that is long enough',
    (text, ms, more, words) => {
      const pattern = new RegExp(
        `^--period ${words}; give --max-regime-length (\\d+) or more, or one value for several readings$`,
      );
      for (const resolve of [freeDetectorOptions, detectorOptions])
        for (const given of [{}, { interval: spanText(ms) }])
          expect(() => scanEach(ms, text, { ...more, ...given }, resolve)).toThrow(pattern);
      const { message } = captured(() => scanEach(ms, text, more, freeDetectorOptions));
      const [, maxRegimeLength = ''] = pattern.exec(message) ?? [];
      const { period } = scanEach(ms, text, { maxRegimeLength }, freeDetectorOptions);
      expect(4 * period).toBe(Number(maxRegimeLength));
    },
  );

  test('is taken where the regime is long enough, or endless', () => {
    for (const maxRegimeLength of ['345600', 'Infinity'])
      expect(scanEach(1000, '24h', { maxRegimeLength }, freeDetectorOptions).period).toBe(86_400);
  });

  test('is refused in numbers as well, and without a service none is named', () => {
    const texts = { statistic: 'scan', period: '86400', interval: '1' };
    expect(() => freeDetectorOptions(texts)).toThrow(
      new RangeError(
        'period must be at most 25000 without a maxRegimeLength of at least 4 · period (345600), got 86400',
      ),
    );
    expect(freeDetectorOptions({ ...texts, maxRegimeLength: '345600' }).period).toBe(86_400);
    expect(() => detectorOptions(texts)).toThrow(
      new RangeError(
        'period must be at most 25000 in the service, where a regime of at most 100000 points must hold four, got 86400',
      ),
    );
  });
});

test('readings that are irregular are told where a time is turned into points', () => {
  const times = minutes(1).map((time, index) => time + (index % 2) * 50_000);
  const { words } = timedOptions({ statistic: 'scan', falseAlarmEvery: '1d' }, freeDetectorOptions).of(times);
  expect(words).toEqual([
    '--false-alarm-every 1d = 785 readings, one every 110s by the median; they are irregular, half of them 10s to 1.8m apart',
  ]);
});
