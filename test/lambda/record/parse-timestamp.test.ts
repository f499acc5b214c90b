import { describe, expect, test } from 'vitest';
import { parseTimestamp } from '../../../lambda/record/parse-timestamp.ts';

describe('parseTimestamp reads ISO 8601 with a zone, and epoch milliseconds', () => {
  test.each([
    ['2024-02-29T12:34:56.789Z', '2024-02-29T12:34:56.789Z'],
    ['2024-02-29T12:34:56Z', '2024-02-29T12:34:56.000Z'],
    ['2024-02-29T12:34Z', '2024-02-29T12:34:00.000Z'],
    ['2024-02-29T12:34:56.7Z', '2024-02-29T12:34:56.700Z'],
    ['2024-02-29T12:34:56.789999999Z', '2024-02-29T12:34:56.789Z'],
    ['2024-02-29T12:34:56+05:30', '2024-02-29T07:04:56.000Z'],
    ['2024-02-29T12:34:56-0800', '2024-02-29T20:34:56.000Z'],
    ['1871-01-01T00:00:00Z', '1871-01-01T00:00:00.000Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
    [0, '1970-01-01T00:00:00.000Z'],
    [-1, '1969-12-31T23:59:59.999Z'],
    [253402300799999, '9999-12-31T23:59:59.999Z'],
  ])('%s is %s', (given, expected) => {
    expect(new Date(parseTimestamp(given) ?? Number.NaN).toISOString()).toBe(expected);
  });

  test.each([
    ['a date that does not exist', '2023-02-29T00:00:00Z'],
    ['a month that does not exist', '2023-13-01T00:00:00Z'],
    ['hour 24', '2023-01-01T24:00:00Z'],
    ['second 60', '2016-12-31T23:59:60Z'],
    ['no zone', '2023-01-01T00:00:00'],
    ['a zone that does not exist', '2023-01-01T00:00:00+24:00'],
    ['a date alone', '2023-01-01'],
    ['words', 'yesterday'],
    ['an empty text', ''],
    ['digits as text', '1700000000000'],
    ['a fraction of a millisecond', 1.5],
    ['a year after 9999', 253402300800000],
    ['a year before 0', -62167219200001],
    ['a year before 0 by its zone', '0000-01-01T00:00:00+01:00'],
    ['NaN', Number.NaN],
    ['a boolean', true],
    ['null', null],
    ['an object', {}],
  ])('%s is none', (_, given) => {
    expect(parseTimestamp(given)).toBeUndefined();
  });
});
