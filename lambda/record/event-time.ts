import { type EpochUnit, epochUnitNames, plausibleEpochTime } from '../reading/epoch-time.ts';
import type { Instant } from '../reading/instant.ts';
import { refusedIsoForm } from '../reading/iso-time.ts';
import { zonedTime } from '../reading/zoned-time.ts';
import { describeValue, type Refused, refused } from './reasons.ts';

const numeral = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/**
 * The time in a field of a record: ISO 8601 with a zone, or a number of units since 1970, which may be text.
 *
 * A number that is no time from 1990 to 2100 is in another unit, or from a clock that was not set.
 *
 * @param unit - of numbers; `undefined` if it is told by their size
 * @param name - of the field, for errors
 */
export function eventTime(value: unknown, unit: EpochUnit | undefined, name: string): Instant | Refused {
  if (typeof value === 'number') return plausibleEpochTime(value, unit) ?? implausible(value, unit, name);
  // Digits alone could also be a date without a zone, which is no time here.
  if (typeof value === 'string' && numeral.test(value))
    return plausibleEpochTime(value, unit) ?? implausible(value, unit, name);
  return (typeof value === 'string' ? zonedTime(value) : undefined) ?? noTime(value, name);
}

function implausible(value: number | string, unit: EpochUnit | undefined, name: string): Refused {
  const units =
    unit === undefined ? 'seconds, milliseconds, microseconds or nanoseconds' : epochUnitNames[unit];
  const rule = `a time from 1990 to 2100, as ${units} since 1970`;
  return refused('implausible-timestamp', `${name} must be ${rule}, got ${describeValue(value)}`);
}

function noTime(value: unknown, name: string): Refused {
  const rule = 'ISO 8601 with a zone, in the years 0 to 9999, or a number of units since 1970';
  const form = typeof value === 'string' ? refusedIsoForm(value) : undefined;
  const what = form === undefined ? '' : `, ${form}`;
  return refused('bad-timestamp', `${name} must be ${rule}, got ${describeValue(value)}${what}`);
}
