import type { Instant } from './instant.ts';

export const epochUnits = ['s', 'ms', 'us', 'ns'] as const;
export type EpochUnit = (typeof epochUnits)[number];

/** The name of a unit, for people. */
export const epochUnitNames: Readonly<Record<EpochUnit, string>> = {
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
};

/** How many of the digits of a whole number are below the millisecond; negative for seconds, which have three too few. */
const digitsBelowMs: Readonly<Record<EpochUnit, number>> = { s: -3, ms: 0, us: 3, ns: 6 };

/** Numbers are told apart by the time that they would mean: it is from 1990 on and before 2100, in at most one unit. */
const plausible = { from: Date.UTC(1990, 0), to: Date.UTC(2100, 0) };

/** The only unit in which a number is a time from 1990 to 2100; `undefined` if there is none. */
export function epochUnitOf(number: number): EpochUnit | undefined {
  if (plausibleIn.ms(number)) return 'ms';
  return epochUnits.find((unit) => plausibleIn[unit](number));
}

/** A check whether a number of units since 1970 is a time from 1990 to 2100. */
export function isPlausibleIn(unit: EpochUnit): (number: number) => boolean {
  return plausibleIn[unit];
}

const plausibleIn = {
  s: plausibleCheck('s'),
  ms: plausibleCheck('ms'),
  us: plausibleCheck('us'),
  ns: plausibleCheck('ns'),
};

function plausibleCheck(unit: EpochUnit): (number: number) => boolean {
  const size = 10 ** digitsBelowMs[unit];
  const [from, to] = [plausible.from * size, plausible.to * size];
  return (number) => number >= from && number < to;
}

/**
 * The instant of a number of units since 1970 that is a time from 1990 to 2100; `undefined` if it is none.
 *
 * @param value - a text has all of its digits, of which a number may have lost some
 * @param unit - `undefined` for the only one in which the number is such a time
 */
export function plausibleEpochTime(value: number | string, unit: EpochUnit | undefined): Instant | undefined {
  // Most times that are numbers are whole milliseconds.
  const mayBeMs = unit === undefined || unit === 'ms';
  if (mayBeMs && typeof value === 'number' && Number.isInteger(value) && plausibleIn.ms(value))
    return { ms: value, ns: 0 };
  const number = Number(value);
  const found = unit === undefined ? epochUnitOf(number) : plausibleIn[unit](number) ? unit : undefined;
  return found === undefined ? undefined : epochTime(String(value), found);
}

const numeral = /^([+-]?)(\d+)(?:[.,](\d+))?$/;

/** The instant of a number of units since 1970, to the nanosecond; `undefined` if the text is no such number. */
export function epochTime(text: string, unit: EpochUnit): Instant | undefined {
  const parts = numeral.exec(text) ?? numeral.exec(withoutExponent(text));
  if (parts === null) return undefined;
  const [, sign, digits = '', fraction = ''] = parts;
  const below = digitsBelowMs[unit];
  // All digits in a row, and where the milliseconds end in them: so none is lost in a division.
  const all = digits.padStart(below, '0') + fraction.padEnd(-below, '0');
  const point = Math.max(digits.length, below) - below;
  const wholeMs = Number(all.slice(0, point));
  const ns = Number(all.slice(point, point + 6).padEnd(6, '0'));
  const instant =
    sign !== '-'
      ? { ms: wholeMs, ns }
      : { ms: -wholeMs - (ns > 0 ? 1 : 0), ns: (1_000_000 - ns) % 1_000_000 };
  return Math.abs(instant.ms) <= 8.64e15 ? instant : undefined;
}

/** As NumPy writes numbers, `1.767398400000000000e+09`, or with more digits before the point. */
const scientific = /^([+-]?)(\d+)(?:[.,](\d+))?e([+-]?\d{1,2})$/i;

/** The same number with its point moved, so that no digit is lost; other texts as they are. */
function withoutExponent(text: string): string {
  const [, sign, whole, fraction = '', exponent] = scientific.exec(text) ?? [];
  if (whole === undefined) return text;
  const power = Number(exponent);
  const zeros = '0'.repeat(Math.max(0, -power));
  const digits = `${zeros}${whole}${fraction}`.padEnd(power + whole.length, '0');
  const point = Math.max(0, power) + whole.length;
  return `${sign}${digits.slice(0, point)}${digits.length > point ? '.' : ''}${digits.slice(point)}`;
}
