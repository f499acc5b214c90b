import { startOfDay, timeOfDay } from '../../lambda/reading/calendar.ts';
import { millisecondsOf, nanosecondsOf } from '../../lambda/reading/instant.ts';
import { isoTime, offsetOf } from '../../lambda/reading/iso-time.ts';
import type { LocalTime } from '../../lambda/reading/local-time.ts';

/** How a date of three numbers is read. */
export type DateOrder = 'dmy' | 'mdy';

const time =
  '(?:,? +|T|:(?=\\d\\d:))?(?:(\\d{1,2})[:.](\\d\\d)(?:[:.](\\d\\d)(?:[.,](\\d+))?)?)?(?:[ \u00a0\u202f]?([ap])(?:\\.?[ \u00a0\u202f]?m\\.?)?)?(?: ?(Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?))?';
const numbers = new RegExp(`^(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4})${time}$`, 'i');
const shortNumbers = new RegExp(`^(\\d{1,2})([./-])(\\d{1,2})\\2(\\d\\d)${time}$`, 'i');
const named = new RegExp(`^(?:[a-z]{3,9},? +)?(\\d{1,2})[ /-]([a-z]{3,9})\\.?[ /-](\\d{4})${time}$`, 'i');
const monthFirst = new RegExp(`^(?:[a-z]{3,9},? +)?([a-z]{3,9})\\.? (\\d{1,2}),? (\\d{4})${time}$`, 'i');
const monthAlone = /^([a-z]{3,9})\.?[ /-]((?:1[89]|2[01])\d\d)$/i;
/** As `date` and `ctime` write it: the year stands last. */
const yearLast =
  /^(?:[a-z]{3,9},? +)?([a-z]{3,9}) +(\d{1,2}) +(\d\d:\d\d:\d\d(?:\.\d+)?)(?: (UTC|GMT))? (\d{4})$/i;
const months = 'january february march april may june july august september october november december'.split(
  ' ',
);

/** The two numbers in front of the year, and what is between them; `undefined` if the text is no such date. */
export function dateNumbers(text: string): readonly [number, string, number] | undefined {
  const [, first, mark, second] = numbers.exec(text) ?? [];
  return first === undefined || mark === undefined ? undefined : [Number(first), mark, Number(second)];
}

/** Whether a text is a date of three numbers whose year has two digits: then any of them may be the year. */
export function hasShortYear(text: string): boolean {
  return shortNumbers.test(text);
}

/** The rule of POSIX: 69 to 99 are in the twentieth century. */
export function yearOf(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year >= 69 ? 1900 + year : 2000 + year;
}

/** A date such as `31.01.2026 08:00` or `1/31/2026 8:00:05 AM`. @param form - with years of two digits, if they are known to stand last */
export function numericDate(text: string, order: DateOrder, form?: 'short years'): LocalTime | undefined {
  const parts = numbers.exec(text) ?? (form === undefined ? null : shortNumbers.exec(text));
  const [, first, , second, year = '', ...rest] = parts ?? [];
  if (first === undefined) return undefined;
  const [day, month] = order === 'dmy' ? [first, second] : [second, first];
  return together(startOfDay(yearOf(year), Number(month), Number(day)), rest);
}

/**
 * A date whose month has its English name: `31 Jan 2026 08:00`, `31/Jan/2026:08:00:00 +0100`, `January 31, 2026`, `Sat Jan 31 08:00:00 2026`. A
 * month alone, `Jan 2026`, is its first day.
 */
export function namedDate(text: string): LocalTime | undefined {
  const plain = text.replace(yearLast, (_, ...[month, number, clock, zone = '', year]: string[]) =>
    `${number} ${month} ${year} ${clock} ${zone}`.trimEnd(),
  );
  const day = named.exec(plain.replace(monthAlone, '1 $1 $2'));
  const [, first = '', second = '', year, ...rest] = day ?? monthFirst.exec(plain) ?? [];
  if (year === undefined) return undefined;
  const [number, name] = day === null ? [second, first] : [first, second];
  return together(startOfDay(Number(year), monthNamed(name), Number(number)), rest);
}

/** The month, 1 to 12, that an English name, its first three letters or `Sept` stand for; 0 if there is none. */
export function monthNamed(name: string): number {
  const written = name.toLowerCase();
  const length = written.length === 3 || written === 'sept' ? written.length : undefined;
  return months.findIndex((month) => month.slice(0, length) === written) + 1;
}

/** A day, and the parts of its time of day as the patterns have them. */
function together(day: number, parts: readonly (string | undefined)[]): LocalTime | undefined {
  const [hour = '0', minute = '0', second = '0', fraction = '', half, zone] = parts;
  const offset = zone === undefined ? undefined : offsetOf(zone);
  const time = timeOfDay(hourOf(Number(hour), half), Number(minute), Number(second), Number(fraction));
  const ms = day + time + millisecondsOf(fraction);
  if (Number.isNaN(ms) || Number.isNaN(offset ?? 0)) return undefined;
  return { ms, ns: nanosecondsOf(fraction), offset };
}

/** The hour of the day of an hour on a clock with twelve. */
export function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

/** Whether a text is a date as `20260131`, perhaps with an hour or a time of day behind it. */
export function isDateOfDigits(text: string): boolean {
  return /^(19|20)\d{6}(\d{2}|\d{4}|\d{6})?$/.test(text) && isoTime(text) !== undefined;
}

const digitsAlone = /^[+-]?\d+([.,]\d+)?$/;

/** Whether a text is a date, by its marks: digits alone are rather a number. */
export function looksLikeTime(text: string): boolean {
  if (text.length < 7 || digitsAlone.test(text)) return false;
  return isoTime(text) !== undefined || numbers.test(text) || namedDate(text) !== undefined;
}

/** Whether a text is a time of day without a date. */
export function isTimeOfDay(text: string): boolean {
  const [, hour, minute, second = '0', fraction = ''] =
    /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:[ \u00a0\u202f]?[ap](?:\.?[ \u00a0\u202f]?m\.?)?)?$/i.exec(
      text,
    ) ?? [];
  if (hour === undefined) return false;
  return !Number.isNaN(timeOfDay(Number(hour), Number(minute), Number(second), Number(fraction)));
}

/** Whether a text alone says too little for a time: a time of day, or a day whose year has two digits. */
export function isPartOfTime(text: string): boolean {
  return isTimeOfDay(text) || hasShortYear(text);
}

/** Whether a text is a time of day as `0805` or `080500`. */
export function isClockOfDigits(text: string): boolean {
  return /^([01]\d|2[0-3])[0-5]\d([0-5]\d)?$/.test(text);
}

/** Whether a text is an hour of the day, 0 to 24, without minutes. */
export function isHour(text: string): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) <= 24;
}
