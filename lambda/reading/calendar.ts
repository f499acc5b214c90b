export const dayMs = 86_400_000;
const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/**
 * Milliseconds from the epoch to the start of a day of the Gregorian calendar; NaN if there is no such day.
 *
 * `Date.UTC` takes 30 February for 1 March, and the year 50 for 1950.
 */
export function startOfDay(year: number, month: number, day: number): number {
  const length = (daysIn[month - 1] ?? 0) + (month === 2 && isLeap(year) ? 1 : 0);
  if (!(day >= 1 && day <= length)) return Number.NaN;
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const days = before * 365 + leapDays + (daysBefore[month - 1] ?? 0) + (month > 2 && isLeap(year) ? 1 : 0);
  return (days + day - 1 - daysFromYear1To1970) * dayMs;
}

const daysFromYear1To1970 = 719_162;

/**
 * Milliseconds from midnight to a time of day; NaN if there is no such time.
 *
 * `24:00` is the end of the day. A leap second, `23:59:60` in UTC, is the first second of the next
 * minute, as for POSIX clocks.
 *
 * @param below - what the time has below the second, in any unit: `24:00` has nothing
 */
export function timeOfDay(hour: number, minute: number, second: number, below = 0): number {
  const isEnd = hour === 24 && minute === 0 && second === 0 && below === 0;
  const isLeapSecond = second === 60 && minute % 15 === 14;
  if ((hour > 23 && !isEnd) || minute > 59 || (second > 59 && !isLeapSecond)) return Number.NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}
