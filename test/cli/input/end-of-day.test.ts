import { expect, test } from 'vitest';
import { timePattern } from '../../../cli/input/time-pattern.ts';
import { isTimeOfDay, namedDate, numericDate } from '../../../cli/input/time-texts.ts';
import { isoTime } from '../../../lambda/reading/iso-time.ts';

const nextDay = Date.UTC(2026, 1, 1);

test.each([
  ['ISO 8601', (clock: string) => isoTime(`2026-01-31T${clock}Z`)],
  ['a date of numbers', (clock: string) => numericDate(`31.01.2026 ${clock}`, 'dmy')],
  ['a month with its name', (clock: string) => namedDate(`31 Jan 2026 ${clock}`)],
  [
    'a pattern',
    (clock: string) =>
      timePattern(clock.includes('.') ? '%Y%m%d %H:%M:%S.%f' : '%Y%m%d %H:%M:%S')?.(`20260131 ${clock}`),
  ],
])('%s has 24:00 for the end of the day, and nothing after it', (_, read) => {
  expect(read('24:00:00')?.ms).toBe(nextDay);
  expect(read('24:00:00.000')?.ms).toBe(nextDay);
  for (const clock of ['24:00:00.5', '24:00:00.0000001', '24:00:01', '24:30:00'])
    expect(read(clock)).toBeUndefined();
});

test('a column of times of day has them up to the end of the day', () => {
  expect(['24:00', '24:00:00', '24:00:00.0', '23:59:59.9'].map(isTimeOfDay)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['24:00:00.5', '24:00:01', '25:00'].map(isTimeOfDay)).toEqual([false, false, false]);
});
