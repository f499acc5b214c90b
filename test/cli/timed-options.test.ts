import { describe, expect, test } from 'vitest';
import { FailedError } from '../../cli/context.ts';
import { detectorOptions, freeDetectorOptions } from '../../cli/detector-options.ts';
import { commonTimes } from '../../cli/replay/common-times.ts';
import { timedOptions } from '../../cli/timed-options.ts';

const everySeconds = (seconds: number) =>
  Array.from({ length: 101 }, (_, index) => 1_767_225_600_000 + index * seconds * 1000);
const scan = (falseAlarmEvery: string) => ({ statistic: 'scan', falseAlarmEvery });

test.each([
  ['1d', 5, 17_280, '--false-alarm-every 1d = 17280 readings, one every 5s'],
  ['90s', 0.5, 180, '--false-alarm-every 90s = 180 readings, one every 500ms'],
  ['2w', 3600, 336, '--false-alarm-every 2w = 336 readings, one every 1h'],
])('%s of readings every %d s', (text, seconds, points, words) => {
  const timed = timedOptions(scan(text), freeDetectorOptions);
  expect(timed.readings).toBe(101);
  const known = timed.of(everySeconds(seconds));
  expect(known.options).toEqual(freeDetectorOptions(scan(String(points))));
  expect(known.texts).toEqual(scan(String(points)));
  expect(known.words).toEqual([words]);
});

test('a plain number is points, and no reading is needed to know it', () => {
  const timed = timedOptions(scan('500'), detectorOptions);
  expect(timed.readings).toBe(0);
  expect(timed.of([])).toEqual({ options: detectorOptions(scan('500')), texts: scan('500'), words: [] });
});

describe('what is refused', () => {
  test.each(['often', '1 d', '', '-1d', '1e3s', '0h'])('%j before anything is read', (text) => {
    expect(() => timedOptions(scan(text), freeDetectorOptions)).toThrow(
      new RangeError(
        `falseAlarmEvery must be a number of readings, or a time such as 30s, 5m, 24h, 7d or 1w, got '${text}'`,
      ),
    );
  });

  test('any other option that breaks its rule, before anything is read', () => {
    expect(() => timedOptions({ falseAlarmEvery: '1d', alpha: '2' }, freeDetectorOptions)).toThrow(
      /^alpha must/,
    );
  });

  test.each([
    [
      '1m',
      5,
      '--false-alarm-every 1m = 12 readings, one every 5s: --false-alarm-every must be a number from 100 to 10,000,000, got 12; the shortest time is 500s, or 100 readings',
    ],
    [
      '20w',
      1,
      /^--false-alarm-every 20w = 12096000 readings, one every 1s: --false-alarm-every must be .*, got 12096000; the longest time is 115d, or 10000000 readings$/,
    ],
  ])('%s of readings every %d s, naming both', (text, seconds, message) => {
    const { of } = timedOptions(scan(text), freeDetectorOptions);
    expect(() => of(everySeconds(seconds))).toThrow(FailedError);
    expect(() => of(everySeconds(seconds))).toThrow(message);
  });

  test.each([
    ['1d', 900, 'shortest', '25h'],
    ['1m', 60, 'shortest', '100m'],
    ['1s', 0.0137, 'shortest', '1370ms'],
    ['365d', 1, 'longest', '115d'],
    ['365d', 0.001, 'longest', '166m'],
    ['52w', 0.7, 'longest', '81d'],
    ['3000w', 90, 'longest', '1488w'],
  ])(
    '%s of readings every %d s, naming the %s time, a round one that is accepted',
    (text, seconds, which, time) => {
      const times = everySeconds(seconds);
      expect(() => timedOptions(scan(text), freeDetectorOptions).of(times)).toThrow(
        new RegExp(`; the ${which} time is ${time}, or (100|10000000) readings$`),
      );
      const { falseAlarmEvery } = timedOptions(scan(time), freeDetectorOptions).of(times).options;
      if (which === 'shortest') expect(falseAlarmEvery).toBe(100);
      else expect(falseAlarmEvery).toBeGreaterThan(9_900_000);
    },
  );

  test.each([[[]], [[5]]])('a time where readings have the times %j', (times) => {
    expect(() => timedOptions(scan('1d'), freeDetectorOptions).of(times)).toThrow(
      /^--false-alarm-every 1d is a time, but the readings have no times that tell how far apart they are; give it in readings/,
    );
  });
});

describe('the times that stand for all series', () => {
  const readings = (seriesId: string, seconds: number) =>
    everySeconds(seconds).map((timestamp) => ({ seriesId, timestamp, value: 1 }));

  test('are those of the first with an interval, if the others have the same or none', () => {
    const untimed = [{ seriesId: 'a', timestamp: 'yesterday', value: 1 }];
    expect(commonTimes([...untimed, ...readings('b', 5), ...readings('c', 5.01)])).toEqual(everySeconds(5));
    expect(commonTimes(untimed)).toEqual([]);
  });

  test('are those of a series that tells no interval, if no other one does', () => {
    const [time = 0] = everySeconds(1);
    const at = (seriesId: string) => ({ seriesId, timestamp: time, value: 1 });
    expect(commonTimes([at('a'), at('b'), at('b')])).toEqual([time, time]);
  });

  test('are refused where two series have different intervals', () => {
    expect(() => commonTimes([...readings('b', 5), ...readings('c', 60)])).toThrow(
      new FailedError(
        'b has a reading every 5s and c every 1m; a time needs one interval for all series: give it in readings',
      ),
    );
  });
});
