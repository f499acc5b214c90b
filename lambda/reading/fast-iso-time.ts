import { startOfDay, timeOfDay } from './calendar.ts';
import type { LocalTime } from './local-time.ts';

/** The day of the text before: neighbours are mostly of one day. */
let lastDate = '';
let lastDay = Number.NaN;

/**
 * Reads `2026-01-31T12:00:00`, also with a space for the T, with three more digits, and with a Z; `undefined` for any other text.
 *
 * Files and streams have millions of times in this form. The general pattern takes four times as long.
 */
export function fastIsoTime(text: string): LocalTime | undefined {
  const { length } = text;
  if (length < 19 || length > 24 || text[13] !== ':' || text[16] !== ':') return undefined;
  if (text[10] !== 'T' && text[10] !== ' ') return undefined;
  const end = text[length - 1] === 'Z' ? length - 1 : length;
  if (end !== 19 && (end !== 23 || text[19] !== '.')) return undefined;
  const date = text.slice(0, 10);
  if (date !== lastDate) {
    if (!/^\d{4}-\d\d-\d\d$/.test(date)) return undefined;
    lastDate = date;
    lastDay = startOfDay(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8)));
  }
  const below = end === 23 ? digits(text, 20, 3) : 0;
  const time = timeOfDay(digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2), below);
  const ms = lastDay + time + below;
  return Number.isNaN(ms) ? undefined : { ms, ns: 0, offset: end === length ? undefined : 0 };
}

/** The number that some digits stand for; NaN if one is no digit. */
function digits(text: string, from: number, count: number): number {
  let number = 0;
  for (let at = from; at < from + count; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}
