import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochTime, epochUnits } from '../../../lambda/reading/epoch-time.ts';
import { isoInstant } from '../../../lambda/reading/instant.ts';
import { eventTime } from '../../../lambda/record/event-time.ts';

const read = (given: unknown, unit?: (typeof epochUnits)[number]) => {
  const time = eventTime(given, unit, 'at');
  return 'reason' in time ? time.reason : isoInstant(time);
};

describe('the time of an event is ISO 8601 with a zone, or a number of units since 1970', () => {
  test.each([
    ['2024-02-29T12:34:56.789Z', '2024-02-29T12:34:56.789Z'],
    ['2024-02-29T12:34:56Z', '2024-02-29T12:34:56Z'],
    ['2024-02-29T12:34Z', '2024-02-29T12:34:00Z'],
    ['2024-02-29T12:34:56.7Z', '2024-02-29T12:34:56.700Z'],
    ['2024-02-29T12:34:56.789999999Z', '2024-02-29T12:34:56.789999999Z'],
    ['2024-02-29T12:34:56.0001Z', '2024-02-29T12:34:56.0001Z'],
    ['2024-02-29T12:34:56+05:30', '2024-02-29T07:04:56Z'],
    ['2024-02-29T12:34:56-0800', '2024-02-29T20:34:56Z'],
    ['2026-01-31T12:00:00+00', '2026-01-31T12:00:00Z'],
    ['20260131T120000Z', '2026-01-31T12:00:00Z'],
    ['2026-01-31T24:00:00Z', '2026-02-01T00:00:00Z'],
    ['2026-01-31T8:05:00Z', '2026-01-31T08:05:00Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z'],
    ['1871-01-01T00:00:00Z', '1871-01-01T00:00:00Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00Z'],
    [1769860800, '2026-01-31T12:00:00Z'],
    [1769860800.123, '2026-01-31T12:00:00.123Z'],
    ['1769860800.000000001', '2026-01-31T12:00:00.000000001Z'],
    [1769860800000, '2026-01-31T12:00:00Z'],
    ['1769860800000', '2026-01-31T12:00:00Z'],
    [1769860800000.5, '2026-01-31T12:00:00.0005Z'],
    [1769860800000001, '2026-01-31T12:00:00.000001Z'],
    ['1769860800000000001', '2026-01-31T12:00:00.000000001Z'],
    ['1769860800000001.0029', '2026-01-31T12:00:00.000001002Z'],
    ['1.769860800000000000e+09', '2026-01-31T12:00:00Z'],
    ['1.769860800000000001E18', '2026-01-31T12:00:00.000000001Z'],
    ['+1769860800', '2026-01-31T12:00:00Z'],
    ['17698608e2', '2026-01-31T12:00:00Z'],
    ['+17698608000.05e-1', '2026-01-31T12:00:00.005Z'],
    ['2026-01-31T24:00:00.000Z', '2026-02-01T00:00:00Z'],
    ['2026-01-31T24:00:00.0000Z', '2026-02-01T00:00:00Z'],
    [631152000, '1990-01-01T00:00:00Z'],
    [4102444799999, '2099-12-31T23:59:59.999Z'],
  ])('%s is %s', (given, expected) => {
    expect(read(given)).toBe(expected);
  });

  test.each([
    ['a date that does not exist', '2023-02-29T00:00:00Z'],
    ['a month that does not exist', '2023-13-01T00:00:00Z'],
    ['an hour that does not exist', '2023-01-01T24:01:00Z'],
    ['a time after the end of the day', '2026-01-31T24:00:00.500Z'],
    ['a time less than a millisecond after it', '2026-01-31T24:00:00.0000001Z'],
    ['an hour of one digit without its minutes', '2026-01-31T8Z'],
    ['a second that does not exist', '2016-12-31T23:58:60Z'],
    ['no zone', '2023-01-01T00:00:00'],
    ['a zone that does not exist', '2023-01-01T00:00:00+24:00'],
    ['a date alone', '2023-01-01'],
    ['a week date', '2026-W05-6'],
    ['words', 'yesterday'],
    ['an empty text', ''],
    ['a year before 0 by its zone', '0000-01-01T00:00:00+01:00'],
    ['a year after 9999 by its zone', '9999-12-31T23:59:59-01:00'],
    ['a boolean', true],
    ['null', null],
    ['an object', {}],
  ])('%s is none', (_, given) => {
    expect(read(given)).toBe('bad-timestamp');
  });

  test('a form of ISO 8601 that is not read is named', () => {
    expect(eventTime('2026-W05-6', undefined, 'at')).toMatchObject({
      detail: expect.stringMatching(
        /^at must be ISO 8601 with a zone.*, got '2026-W05-6', an ISO week date$/,
      ),
    });
  });
});

describe('a number that is no time from 1990 to 2100 is none, never a time in 1970', () => {
  test.each([
    [0],
    [-1],
    [1.5],
    [12345],
    [631151999],
    [4102444800],
    [631151999999],
    [4102444800000],
    [20260131],
    ['20260131'],
    ['20260131120000'],
    ['0'],
    ['-1769860800'],
    [Number.NaN],
    [1e300],
  ])('%s', (given) => {
    expect(read(given)).toBe('implausible-timestamp');
  });

  test('a unit that is given is the only one', () => {
    expect(read(1769860800, 's')).toBe('2026-01-31T12:00:00Z');
    expect(read(1769860800000, 's')).toBe('implausible-timestamp');
    expect(eventTime(1769860800, 'ms', 'at')).toMatchObject({
      reason: 'implausible-timestamp',
      detail: 'at must be a time from 1990 to 2100, as milliseconds since 1970, got 1769860800',
    });
  });
});

test('any instant from 1990 to 2100 is read the same from each form that holds its digits', () => {
  // A double rounds the last nanoseconds before 2100 up to 2100.
  const second = fc.integer({ min: 631152000, max: 4102444798 });
  const below = fc.integer({ min: 0, max: 999_999_999 });
  fc.assert(
    fc.property(second, below, (seconds, ns) => {
      const fraction = String(ns).padStart(9, '0');
      const expected = isoInstant({ ms: seconds * 1000 + Math.floor(ns / 1e6), ns: ns % 1e6 });
      const iso = `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
      const digits = `${seconds}${fraction}`;
      const point = (at: number) => `${digits.slice(0, at)}.${digits.slice(at)}`;
      const whole = String(seconds).length;
      const texts = { s: point(whole), ms: point(whole + 3), us: point(whole + 6), ns: digits };
      expect(read(iso)).toBe(expected);
      for (const unit of epochUnits)
        expect([read(texts[unit]), read(texts[unit], unit)]).toEqual([expected, expected]);
    }),
  );
});

test('an exponent only moves the point of a number of units', () => {
  const digits = fc.tuple(
    fc.integer({ min: 1, max: 99_999 }),
    fc.stringMatching(/^\d{1,18}$/),
    fc.constantFrom('', '+', '-'),
  );
  fc.assert(
    fc.property(
      digits,
      fc.integer({ min: -9, max: 18 }),
      fc.constantFrom(...epochUnits),
      ([first, rest, sign], power, unit) => {
        const all = `${first}${rest}`;
        const { length } = String(first);
        const padded = power < 0 ? `${'0'.repeat(-power)}${all}` : all.padEnd(power + length + 1, '0');
        const point = Math.max(0, power) + length;
        const plain = `${sign}${padded.slice(0, point)}.${padded.slice(point)}`;
        expect(epochTime(`${sign}${first}.${rest}e${power}`, unit)).toEqual(epochTime(plain, unit));
      },
    ),
  );
});
