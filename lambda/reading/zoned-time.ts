import type { Instant } from './instant.ts';
import { isoTime } from './iso-time.ts';

const earliest = Date.parse('0000-01-01T00:00:00.000Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * The instant of an ISO 8601 time that has a zone, in the years 0 to 9999: beyond them ISO times no longer sort as texts.
 *
 * Stricter than `Date.parse`, which takes 30 February for 1 March, and the time of this machine where no zone is given.
 *
 * @returns `undefined` if the text is none
 */
export function zonedTime(text: string): Instant | undefined {
  const time = isoTime(text);
  if (time?.offset === undefined) return undefined;
  const ms = time.ms - time.offset;
  return ms >= earliest && ms <= latest ? { ms, ns: time.ns } : undefined;
}
