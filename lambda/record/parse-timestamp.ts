const isoWithZone =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:Z|([+-])(\d{2}):?(\d{2}))$/;

const earliest = Date.parse('0000-01-01T00:00:00.000Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Epoch milliseconds of a timestamp: ISO 8601 with a zone, or epoch milliseconds as a whole number.
 *
 * Stricter than `Date.parse`, which takes 30 February for 1 March and local time where no zone is given. Digits after
 * the millisecond are dropped. Years 0 to 9999 only: beyond them ISO strings no longer sort by time.
 *
 * @returns `undefined` if it is neither
 */
export function parseTimestamp(value: unknown): number | undefined {
  const time = typeof value === 'string' ? parseIso(value) : value;
  if (typeof time !== 'number' || !Number.isInteger(time) || time < earliest || time > latest)
    return undefined;
  return time;
}

function parseIso(text: string): number | undefined {
  const parts = isoWithZone.exec(text);
  if (parts === null) return undefined;
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second = '00',
    fraction = '',
    sign,
    zoneHours = '0',
    zoneMinutes = '0',
  ] = parts;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  const time = Date.parse(local);
  // `Date` turns a date that does not exist into another one.
  if (Number.isNaN(time) || new Date(time).toISOString() !== local) return undefined;
  if (Number(zoneHours) > 23 || Number(zoneMinutes) > 59) return undefined;
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000;
  return sign === '-' ? time + offset : time - offset;
}
