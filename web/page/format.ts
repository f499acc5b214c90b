import { digitsOfPValue, shownPValue } from '../../lambda/notify/message.ts';

const fiveDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 5 });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A value of the data: five significant digits; very large and very small ones with an exponent. */
export function value(number: number): string {
  const size = Math.abs(number);
  if (size !== 0 && (size >= 1e12 || size < 1e-6)) return String(Number(number.toPrecision(5)));
  return fiveDigits.format(number).replace('-', '−');
}

export function signed(number: number): string {
  return number > 0 ? `+${value(number)}` : value(number);
}

export function count(number: number): string {
  return whole.format(number);
}

/** How many of something, in words that fit the number. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number === 0 ? 'no' : count(number)} ${number === 1 ? one : many}`;
}

/** What is below alpha also looks it. */
export function pValue(number: number, alpha: number): string {
  return number >= 0.001
    ? shownPValue(number, alpha)
    : number.toExponential(digitsOfPValue(number, alpha) - 1).replace('-', '−');
}

/** UTC, without what says nothing: milliseconds if they are 0. */
export function time(milliseconds: number): string {
  return new Date(milliseconds)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.000Z$|Z$/, '');
}

/** As people say it: half a second, 12 seconds, 3 minutes. */
export function ago(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  return `${Math.floor(seconds / 3600)} h ago`;
}

/** A short time, in the unit in which it is easiest to read. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
