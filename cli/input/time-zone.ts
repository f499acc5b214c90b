import { Temporal } from 'temporal-polyfill';

/** A moment that a clock on the wall may show. */
export interface WallTime {
  /** Epoch milliseconds; where the clock shows the time twice, of the first. */
  readonly first: number;
  /** Where the clock shows the time twice, because it was put back, of the second. */
  readonly second?: number;
}

/** Clocks of a time zone. */
export interface TimeZone {
  readonly name: string;
  /** @param local - epoch milliseconds of the same date and time in UTC; @returns `undefined` if the clock skips it */
  at(local: number): WallTime | undefined;
}

export const utc: TimeZone = { name: 'UTC', at: (local) => ({ first: local }) };

/** A time during which clocks show each time once, and run at one distance from UTC. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/**
 * The clocks of a zone, by its IANA name or as an offset such as `+01:00`.
 *
 * The library is asked once for each stretch between two changes of the clocks, since a file has millions of times.
 *
 * @throws RangeError if there is no such zone
 */
export function timeZone(name: string): TimeZone {
  if (/^utc$|^z$/i.test(name)) return utc;
  // The library takes any text with a zone in it; here only a zone is meant.
  if (!/^[a-z][\w/+-]*$|^[+-]\d\d(:?\d\d)?$/i.test(name))
    throw new RangeError(`there is no time zone '${name}'`);
  const id = Temporal.PlainDateTime.from('2000-01-01T00:00').toZonedDateTime(name).timeZoneId;
  let known: Stretch | undefined;
  return {
    name: id,
    at(local) {
      if (known !== undefined && local >= known.from && local < known.to)
        return { first: local - known.offset };
      const wall = plainTime(local);
      const first = wall.toZonedDateTime(id, { disambiguation: 'earlier' });
      const second = wall.toZonedDateTime(id, { disambiguation: 'later' });
      if (!first.toPlainDateTime().equals(wall)) return undefined;
      if (first.epochMilliseconds !== second.epochMilliseconds)
        return { first: first.epochMilliseconds, second: second.epochMilliseconds };
      known = stretchAround(first);
      return { first: local - known.offset };
    },
  };
}

function plainTime(local: number): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime();
}

function stretchAround(time: Temporal.ZonedDateTime): Stretch {
  const offset = offsetMs(time);
  const before = time.getTimeZoneTransition('previous');
  const after = time.getTimeZoneTransition('next');
  // What the clocks show just before and just after a change; between the two they show times twice, or never.
  const shown = (change: Temporal.ZonedDateTime) => {
    const earlier = offsetMs(change.subtract({ nanoseconds: 1 }));
    return [change.epochMilliseconds + earlier, change.epochMilliseconds + offsetMs(change)] as const;
  };
  return {
    from: before === null ? Number.NEGATIVE_INFINITY : Math.max(...shown(before)),
    to: after === null ? Number.POSITIVE_INFINITY : Math.min(...shown(after)),
    offset,
  };
}

function offsetMs(time: Temporal.ZonedDateTime): number {
  return time.offsetNanoseconds / 1e6;
}
