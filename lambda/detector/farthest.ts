import { epochOfEventKey } from '../event.ts';
import { processingLimits } from '../processing-limits.ts';
import { isAfter, type News } from './news.ts';

const latest = Date.UTC(9999, 11, 31);

/**
 * The key up to which a look reads: as far as it can test, if waves go on at the pace of those that arrived. Without this bound, where much waits, each
 * look would read all of it and leave most of it to the next one. A wrong pace costs reads or looks, and changes no answer.
 *
 * @returns `undefined` if nothing tells how far that is
 */
export function farthest(
  newest: string,
  after: string | undefined,
  { pace, ahead }: News,
): string | undefined {
  if (pace === undefined) return undefined;
  const time = epochOfEventKey(newest) + (processingLimits.aheadWaves + 1 - ahead.length) * pace;
  // From the year 10,000 on, times are no keys.
  if (!(time < latest)) return undefined;
  const key = `${new Date(Math.ceil(time)).toISOString()}~`;
  return isAfter(key, after) ? key : undefined;
}
