import { startOfDay, timeOfDay } from '../../lambda/reading/calendar.ts';
import { millisecondsOf, nanosecondsOf } from '../../lambda/reading/instant.ts';
import { offsetOf } from '../../lambda/reading/iso-time.ts';
import type { LocalTime } from '../../lambda/reading/local-time.ts';
import { hourOf, monthNamed, yearOf } from './time-texts.ts';

/** The parts of a pattern, as `date` and `strptime` name them, and what they match. */
const parts: Readonly<Record<string, string>> = {
  Y: '(?<year>\\d{4})',
  y: '(?<shortYear>\\d\\d)',
  m: '(?<month>\\d{1,2})',
  b: '(?<monthName>[A-Za-z]{3,9})',
  d: '(?<day>\\d{1,2})',
  a: '[A-Za-z]{2,9}\\.?',
  H: '(?<hour>\\d{1,2})',
  I: '(?<hour>\\d{1,2})',
  M: '(?<minute>\\d{1,2})',
  S: '(?<second>\\d{1,2})',
  f: '(?<fraction>\\d{1,9})',
  p: '(?<half>[AaPp])\\.?[Mm]\\.?',
  z: '(?<zone>Z|[+-]\\d\\d(?::?\\d\\d)?)',
  '%': '%',
};

/** The parts that a pattern may have, for people. */
export const patternParts = Object.keys(parts)
  .map((part) => `%${part}`)
  .join(' ');

/** Parts that say one thing twice, or half of one. */
const contradictions = [
  ['Y', 'with', 'y'],
  ['m', 'with', 'b'],
  ['H', 'with', 'I'],
  ['I', 'without', 'p'],
  ['p', 'without', 'I'],
] as const;

/** What is contradictory in a pattern, such as `%I without %p`; `undefined` if nothing is. */
export function contradictionIn(pattern: string): string | undefined {
  const known = partsIn(pattern);
  const found = contradictions.find(
    ([one, how, other]) => known.includes(one) && known.includes(other) === (how === 'with'),
  );
  return found && `%${found[0]} ${found[1]} %${found[2]}`;
}

function partsIn(pattern: string): readonly string[] {
  return [...pattern.matchAll(/%(.?)/g)].map(([, part = '']) => part);
}

/**
 * A reader of times in a pattern such as `%d/%m/%Y %H:%M`. Without a day, it is the first one of the month.
 *
 * @returns `undefined` if the pattern has an unknown part, or one twice, or no month and year, or contradicts itself
 */
export function timePattern(pattern: string): ((text: string) => LocalTime | undefined) | undefined {
  const known = partsIn(pattern);
  const needed = [/Y|y/, /m|b/].every((part) => known.some((one) => part.test(one)));
  if (!needed || known.some((part) => parts[part] === undefined) || new Set(known).size < known.length)
    return undefined;
  if (contradictionIn(pattern) !== undefined) return undefined;
  const source = pattern
    .split(/(%.)/)
    .map((piece) => (piece.startsWith('%') ? (parts[piece.slice(1)] ?? '') : escaped(piece)))
    .join('');
  const matcher = new RegExp(`^${source}$`);
  return (text) => {
    const found = matcher.exec(text)?.groups;
    if (found === undefined) return undefined;
    const { shortYear, monthName, fraction = '', half, zone } = found;
    const year = shortYear === undefined ? Number(found.year) : yearOf(shortYear);
    const month = monthName === undefined ? Number(found.month) : monthNamed(monthName);
    const day = startOfDay(year, month, Number(found.day ?? '1'));
    const hour = hourOf(Number(found.hour ?? '0'), half);
    const [minute, second] = [Number(found.minute ?? '0'), Number(found.second ?? '0')];
    const time = timeOfDay(hour, minute, second, Number(fraction));
    const offset = zone === undefined ? undefined : offsetOf(zone);
    const ms = day + time + millisecondsOf(fraction);
    if (Number.isNaN(ms) || Number.isNaN(offset ?? 0)) return undefined;
    return { ms, ns: nanosecondsOf(fraction), offset };
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
