import { epochOfEventKey } from '../event.ts';
import type { RegimeLimits } from '../regime/regime-limits.ts';
import type { News } from './news.ts';
import type { Regime } from './regime.ts';

/** To read an event takes about as many bytes as so many points of a chunk. */
const eventPoints = 5;

/**
 * Whether other instances have tested so much of a series since that it takes fewer read units to read its regime anew than to go on with the remembered one.
 *
 * To go on means to read each missing event. A new regime is read from chunks, except for its newest points. How many events are missing is guessed from how often
 * they come, without those of the news, which both need. A wrong guess costs reads, and changes no answer.
 */
export function isFarBehind(
  { length, points }: Pick<Regime, 'length' | 'points'>,
  { newest, tested }: Pick<News, 'newest' | 'tested'>,
  { chunkPoints, newestPoints }: Pick<RegimeLimits, 'chunkPoints' | 'newestPoints'>,
): boolean {
  if (newest === undefined || length < 2) return false;
  const last = points.timeAt(length - 1);
  const pace = (last - points.timeAt(0)) / (length - 1);
  if (!(pace > 0)) return false;
  const lacking = (epochOfEventKey(newest) - last) / pace - tested;
  // The newest points are in no chunk, so they are read as events in either case.
  const inChunks = lacking - chunkPoints - newestPoints;
  return inChunks > (length + lacking) / eventPoints;
}
