import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoTime, offsetOf, refusedIsoForm } from '../../../lambda/reading/iso-time.ts';

const two = (number: number) => String(number).padStart(2, '0');
const four = (number: number) => String(number).padStart(4, '0');
const minuteMs = 60_000;

/** A form of a part of a time, and the number of milliseconds that it stands for. */
interface Part {
  readonly text: string;
  readonly ms: number;
}

const day = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const date = fc.tuple(day, fc.constantFrom('-', '.', '/', '', 'short')).map(([one, separator]): Part => {
  const [y, m, d] = [one.getUTCFullYear(), one.getUTCMonth() + 1, one.getUTCDate()];
  const start = new Date(0);
  start.setUTCFullYear(y, m - 1, d);
  const text = separator === 'short' ? `${four(y)}/${m}/${d}` : [four(y), two(m), two(d)].join(separator);
  return { text, ms: start.getTime() };
});

const timeOfDay = fc
  .tuple(
    fc.integer({ min: 0, max: 23 }),
    fc.integer({ min: 0, max: 59 }),
    fc.integer({ min: 0, max: 59 }),
    fc.integer({ min: 0, max: 999 }),
    fc.constantFrom('T', 't', ' ', '   '),
    fc.constantFrom('hour', 'minute', 'short', 'second', 'packed', '.', ','),
  )
  .map(([hour, minute, second, below, sign, form]): Part => {
    const toMinute = (hour * 60 + minute) * minuteMs;
    const toSecond = toMinute + second * 1000;
    const [h, m, s] = [two(hour), two(minute), two(second)];
    if (form === 'hour') return { text: `${sign}${h}`, ms: hour * 60 * minuteMs };
    if (form === 'minute') return { text: `${sign}${h}:${m}`, ms: toMinute };
    if (form === 'short') return { text: `${sign}${hour}:${m}`, ms: toMinute };
    if (form === 'second') return { text: `${sign}${h}:${m}:${s}`, ms: toSecond };
    if (form === 'packed') return { text: `${sign}${h}${m}${s}`, ms: toSecond };
    return { text: `${sign}${h}:${m}:${s}${form}${String(below).padStart(3, '0')}`, ms: toSecond + below };
  });

const zone = fc
  .tuple(
    fc.constantFrom('+', '-'),
    fc.integer({ min: 0, max: 23 }),
    fc.integer({ min: 0, max: 59 }),
    fc.constantFrom('', 'Z', 'z', 'UTC', 'GMT', 'hh', 'hhmm', 'hh:mm'),
    fc.constantFrom('', ' '),
    fc.constantFrom('', '[Europe/Paris]', '[UTC]', '[GMT+2]', '[America/Port-au-Prince]'),
  )
  .map(([sign, hour, minute, form, space, name]) => {
    if (form === '') return { text: '', offset: undefined };
    if (!form.startsWith('hh')) return { text: `${space}${form}${name}`, offset: 0 };
    const minutes = form === 'hh' ? hour * 60 : hour * 60 + minute;
    const digits = form === 'hh' ? two(hour) : `${two(hour)}${form === 'hh:mm' ? ':' : ''}${two(minute)}`;
    const offset = (sign === '-' ? -1 : 1) * minutes * minuteMs;
    return { text: `${space}${sign}${digits}${name}`, offset };
  });

test('a date, a time of day and a zone are read in any of their forms', () => {
  fc.assert(
    fc.property(date, fc.option(timeOfDay), zone, (date, time, zone) => {
      const text = `${date.text}${time === null ? '' : time.text + zone.text}`;
      expect(isoTime(text)).toEqual({
        ms: date.ms + (time?.ms ?? 0),
        ns: 0,
        offset: time === null || zone.offset === undefined ? undefined : expect.closeTo(zone.offset),
      });
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['with a fraction of no digit', '2026-01-31T12:30:15.'],
  ['with a fraction of minutes', '2026-01-31T12:30.5'],
  ['with an hour of one digit and no minutes', '2026-01-31 8'],
  ['with an hour of one digit right after the day', '2026-01-318:05'],
  ['with a zone and no time of day', '2026-01-31Z'],
  ['with a zone of one digit', '2026-01-31T12:30+1'],
  ['with a zone of three digits', '2026-01-31T12:30+010'],
  ['with two spaces before its zone', '2026-01-31T12:30  Z'],
  ['with the name of a zone alone', '2026-01-31T12:30[Europe/Paris]'],
  ['with a zone of no name', '2026-01-31T12:30Z[]'],
  ['with the name of a zone that has a space', '2026-01-31T12:30Z[Europe Paris]'],
  ['with something behind the name of its zone', '2026-01-31T12:30Z[UTC]x'],
  ['with two separators of its date', '2026.01-31'],
  ['with a month of one digit', '2026-1-31'],
  ['with a slash and a minus', '2026/01-31'],
  ['with a year of two digits', '26-01-31'],
  ['with a year of five digits', '12026-01-31'],
  ['with a month of three digits', '2026/001/31'],
  ['with a minute of three digits', '2026-01-31T12:300'],
  ['with a space between T and hour', '2026-01-31T 12:30'],
  ['in the 25th hour', '2026-01-31T25:00'],
  ['with a minute 60', '2026-01-31T12:60'],
  ['with a second 60 amid an hour', '2026-01-31T12:30:60'],
  ['with a month 0', '2026-00-31'],
  ['on a day 0', '2026-01-00'],
  ['after the end of its day', '2026-01-31T24:00:00.001'],
  ['24 hours ahead', '2026-01-31T12:30+24:00'],
  ['60 minutes ahead', '2026-01-31T12:30+00:60'],
])('a text %s is no time: %s', (_, text) => {
  expect(isoTime(text)).toBeUndefined();
});

test.each([
  ['2026-01-31T24:00', '2026-02-01T00:00:00.000Z'],
  ['2026-01-31T23:59:60Z', '2026-02-01T00:00:00.000Z'],
  ['2026-01-31T23:59:60.5Z', '2026-02-01T00:00:00.500Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ['2000-02-29', '2000-02-29T00:00:00.000Z'],
])('%s is %s', (text, time) => {
  expect(new Date(isoTime(text)?.ms ?? Number.NaN).toISOString()).toBe(time);
});

test.each(['1900-02-29', '2026-02-29', '2026-04-31', '2026-13-01'])('there is no %s', (text) => {
  expect(isoTime(text)).toBeUndefined();
});

test('below the millisecond there are nanoseconds, and no more', () => {
  expect(isoTime('2026-01-31T12:30:15.123456789Z')).toMatchObject({ ns: 456_789 });
  expect(isoTime('2026-01-31T12:30:15.1234567899Z')).toMatchObject({ ns: 456_789 });
});

test.each([
  ['+01:30', 90],
  ['-0130', -90],
  ['+23', 23 * 60],
  ['-23:59', -(23 * 60 + 59)],
  ['+00:59', 59],
  ['Z', 0],
  ['UTC', 0],
  ['Z+01:00', 0],
])('%s is %d minutes ahead', (zone, minutes) => {
  expect(offsetOf(zone)).toBe(minutes * minuteMs);
});

test.each([
  ['2026-W05', 'an ISO week date'],
  ['2026W05', 'an ISO week date'],
  ['2026-W05-3', 'an ISO week date'],
  ['2026W053T12:00', 'an ISO week date'],
  ['2026-w05-3t12:00', 'an ISO week date'],
  ['2026-031', 'an ISO ordinal date'],
  ['2026-031T12:00', 'an ISO ordinal date'],
  ['2026-01', undefined],
  ['2026-0310', undefined],
  ['12026-031', undefined],
  ['2026-031 12:00', undefined],
  ['x2026-W05', undefined],
  ['2026-W05x', undefined],
  ['2026-W5', undefined],
])('%s is %s', (text, form) => {
  expect(refusedIsoForm(text)).toBe(form);
});
