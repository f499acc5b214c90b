import { phaseAt } from '@aed/core';
import { describe, expect, test } from 'vitest';
import { Regime } from '../../lambda/detector/regime.ts';
import { eventKey } from '../../lambda/event.ts';
import { placeInSeason } from '../../lambda/place-in-season.ts';
import { seasonInNumbers } from '../../lambda/season-texts.ts';
import { optionsOfSeries, serviceOptions } from '../../lambda/service-options.ts';
import { detectorOptionsFromEnvironment } from '../../lambda/settings.ts';
import { normal, randomOf } from '../core/random.ts';

describe('a season in the environment', () => {
  test.each([
    [
      { PERIOD: '24h', INTERVAL: '5m' },
      { period: 288, interval: 300 },
    ],
    [
      { PERIOD: '1w', INTERVAL: '1h' },
      { period: 168, interval: 3600 },
    ],
    [
      { PERIOD: '24', INTERVAL: '3600' },
      { period: 24, interval: 3600 },
    ],
    [
      { PERIOD: '1m', INTERVAL: '100ms' },
      { period: 600, interval: 0.1 },
    ],
  ])('%j is %j', (season, options) => {
    expect(detectorOptionsFromEnvironment({ STATISTIC: 'scan', ...season })).toMatchObject(options);
  });

  test('of many points makes the usual regime long enough for it', () => {
    const { maxRegimeLength } = detectorOptionsFromEnvironment({ PERIOD: '1w', INTERVAL: '1m' });
    expect(maxRegimeLength).toBe(4 * 7 * 24 * 60);
  });

  test.each([
    [
      { PERIOD: '24h' },
      "period must be a number of readings, or a time that is a whole number of intervals, got '24h' without an interval",
    ],
    [
      { PERIOD: '24h', INTERVAL: '7m' },
      "period must be a number of readings, or a time that is a whole number of intervals (420 s), got '24h'",
    ],
    [
      { FALSE_ALARM_EVERY: '1d' },
      "falseAlarmEvery must be a number of readings, got '1d': a service does not know how far apart readings are; a time works for a file, as with `aed detect`",
    ],
    [{ STARTUP: '5m' }, "startup must be a number of readings, got '5m', not a time"],
    [{ WINDOW: '10s' }, "window must be a number of readings, got '10s', not a time"],
    [{ FALSE_ALARM_EVERY: 'daily' }, "falseAlarmEvery must be a number, got 'daily'"],
    [{ PERIOD: '1 day', INTERVAL: '5m' }, "period must be a number, got '1 day'"],
    [{ PERIOD: '24', INTERVAL: 'often' }, "interval must be a number, got 'often'"],
    [
      { PERIOD: '24', STATISTIC: 'scan' },
      'interval must be greater than 0 in the service with a period of 24, got 0',
    ],
  ])('%j is refused', (season, message) => {
    expect(() => detectorOptionsFromEnvironment(season)).toThrow(new RangeError(message));
  });
});

test('texts without a time stay as they are', () => {
  expect(seasonInNumbers({ period: '24', interval: '5', alpha: 'x' })).toEqual({
    period: '24',
    interval: '5',
    alpha: 'x',
  });
});

test("a series' own season needs an interval too", () => {
  const service = serviceOptions({ maxRegimeLength: 10_000 });
  expect(optionsOfSeries({ statistic: 'scan', period: 24 }, service).optionsError).toEqual(
    new RangeError('interval must be greater than 0 in the service with a period of 24, got 0'),
  );
  expect(optionsOfSeries({ statistic: 'scan', period: 24, interval: 3600 }, service).options).toMatchObject({
    period: 24,
    interval: 3600,
  });
});

test('a place is that of the time, and there is none without a period or an interval', () => {
  const time = Date.parse('2026-01-31T13:00:00Z');
  expect(placeInSeason({ period: 24, interval: 3600 }, time)).toBe(13);
  expect(placeInSeason({ period: 1, interval: 3600 }, time)).toBeUndefined();
  expect(placeInSeason({ period: 24, interval: 0 }, time)).toBeUndefined();
});

describe('a regime of hourly events of which a day and some hours are missing', () => {
  const options = serviceOptions({ statistic: 'scan', period: 24, interval: 3600, maxRegimeLength: 10_000 });
  const hour = 3_600_000;
  const start = Date.parse('2026-01-01T00:00:00Z');
  const random = randomOf(5);
  const events = Array.from({ length: 500 }, (_, index) => {
    const timestamp = start + index * hour;
    const value =
      9 * Math.sin((phaseAt(timestamp, options) * Math.PI) / 12) + normal(random) + (index < 430 ? 0 : 3);
    return { eventKey: eventKey({ timestamp, eventId: 'x' }), value };
  }).filter((_, index) => index % 100 >= 31);

  test('has its change, and no other, wherever it is cut', () => {
    for (const cut of [0, 1, 77, 200, events.length - 30]) {
      const testedThrough = events[cut - 1]?.eventKey;
      const regime = new Regime({ after: undefined, testedThrough, memory: undefined, options }, 500);
      regime.add(events);
      const { found, ...reset } = regime.test() ?? { start: 0, dropped: 0, memory: undefined };
      expect(regime.eventAt(found?.changedAt ?? 0)?.eventKey).toContain('2026-01-18T23:00');
      expect(found?.magnitude).toBeGreaterThan(2);
      regime.accept(reset, '');
      expect(regime.test()).toBeUndefined();
    }
  });
});
