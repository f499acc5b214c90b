import fc from 'fast-check';
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
  const scanEach = (ms: number, text: string, more: DetectorTexts, resolve: typeof detectorOptions) => {
    const times = Array.from({ length: 101 }, (_, index) => 1_767_225_600_000 + index * ms);
    return timedOptions({ statistic: 'scan', period: text, ...more }, resolve).of(times).options;
  };

  test.each([
    ['24h', 1000, {}, '24h = 86400 readings, one every 1s: a period has at most 25000 places', '1m'],
    ['7d', 1000, {}, '7d = 604800 readings, one every 1s: a period has at most 25000 places', '1m'],
    ['60s', 1, {}, '60s = 60000 readings, one every 1ms: a period has at most 25000 places', '1s'],
    ['90.5s', 1, {}, '90.5s = 90500 readings, one every 1ms: a period has at most 25000 places', '1s'],
    ['52w', 60_000, {}, '52w = 524160 readings, one every 1m: a period has at most 25000 places', '1h'],
    [
      '24h',
      60_000,
      { maxRegimeLength: '200' },
      '24h = 1440 readings, one every 1m: a period has at most 50 places with --max-regime-length 200',
      '1h',
    ],
  ])('%s of readings every %d ms, with %j, is refused with a way out', (text, ms, more, words, interval) => {
    const message = `--period ${words}; give a coarser --interval, such as --interval ${interval}`;
    for (const resolve of [freeDetectorOptions, detectorOptions])
      for (const given of [{}, { interval: spanText(ms) }])
        expect(() => scanEach(ms, text, { ...more, ...given }, resolve)).toThrow(new FailedError(message));
  });

  test('the way out is one, wherever it is named', () => {
    const lengths = fc.record({
      ms: fc.constantFrom(1, 10, 250, 1000, 5000, 60_000, 900_000, 3_600_000),
      readings: fc.integer({ min: 25_001, max: 4_000_000 }),
      more: fc.constantFrom({}, { maxRegimeLength: '100' }, { maxRegimeLength: '2000' }),
    });
    let named = 0;
    fc.assert(
      fc.property(lengths, ({ ms, readings, more }) => {
        const text = spanText(ms * readings);
        let message = '';
        try {
          scanEach(ms, text, more, detectorOptions);
        } catch (error) {
          message = (error as Error).message;
        }
        expect(message).toContain('; give a coarser --interval');
        const [, interval] = / such as --interval (\S+)$/.exec(message) ?? [];
        if (interval === undefined) return;
        named++;
        const { period, maxRegimeLength } = scanEach(ms, text, { ...more, interval }, detectorOptions);
        expect(period).toBeGreaterThanOrEqual(2);
        expect(4 * period).toBeLessThanOrEqual(maxRegimeLength);
      }),
    );
    expect(named).toBeGreaterThan(20);
  });

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
