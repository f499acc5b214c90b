import { startOfDay, timeOfDay } from './calendar.ts';
import { fastIsoTime } from './fast-iso-time.ts';
import { millisecondsOf, nanosecondsOf } from './instant.ts';
import type { LocalTime } from './local-time.ts';

/**
 * A date as `2026-01-31`, `2026/1/31`, `2026.01.31` or `20260131`; then, if at all, a time of day from `T12` to `T12:30:15.123456789` with or without
 * colons, or `8:05`; then, if at all, a zone as `Z`, `UTC`, `+01:00`, `+0100` or `+01`, and its name as Java adds it.
 */
const iso =
  /^(\d{4})(?:([-.])(\d\d)\2(\d\d)|\/(\d\d?)\/(\d\d?)|(\d\d)(\d\d))(?:(?:T| +)?(\d\d|(?<=[T ])\d(?=:))(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?(?: ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)(?:\[[\w/+-]+\])?)?)?$/i;

/** A month as `2026-01`. Other years are rather numbers of something else. */
const isoMonth = /^(?:1[89]|2[01])\d\d-\d\d$/;

/**
 * A date and time in one of the common forms of ISO 8601, or with a space for the T; `undefined` if the text is none. A month is
 * its first day.
 */
export function isoTime(text: string): LocalTime | undefined {
  return fastIsoTime(text) ?? anyIsoTime(text);
}

function anyIsoTime(text: string): LocalTime | undefined {
  const parts = iso.exec(isoMonth.test(text) ? `${text}-01` : text);
  if (parts === null) return undefined;
  const [, year, , m1, d1, m2, d2, m3, d3, hour = 0, minute = 0, second = 0, fraction = '', zone] = parts;
  const day = startOfDay(Number(year), Number(m1 ?? m2 ?? m3), Number(d1 ?? d2 ?? d3));
  const time = timeOfDay(Number(hour), Number(minute), Number(second), Number(fraction));
  const offset = zone === undefined ? undefined : offsetOf(zone);
  const ms = day + time + millisecondsOf(fraction);
  if (Number.isNaN(ms) || Number.isNaN(offset)) return undefined;
  return { ms, ns: nanosecondsOf(fraction), offset };
}

const minuteMs = 60_000;

/** Milliseconds ahead of UTC; NaN if there is no such offset. */
export function offsetOf(zone: string): number {
  const [, sign, hours, minutes = 0] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  if (Number(hours) > 23 || Number(minutes) > 59) return Number.NaN;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minuteMs;
}

/** The forms of ISO 8601 that are not read, by name. */
export function refusedIsoForm(text: string): string | undefined {
  if (/^\d{4}-?W\d\d(-?\d)?(T.*)?$/i.test(text)) return 'an ISO week date';
  if (/^\d{4}-\d{3}(T.*)?$/i.test(text)) return 'an ISO ordinal date';
  return undefined;
}
