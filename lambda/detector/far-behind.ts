import { epochOfEventKey } from '../event.ts';
import type { RegimeLimits } from '../regime/regime-limits.ts';
import type { News } from './news.ts';
import type { Regime } from './regime.ts';

/** An event takes about so many times the bytes of a chunk's point. */
const eventPoints = 5;

/**
 * Whether other instances have tested so much since that a remembered regime costs more read units than one that is read anew.
 *
 * The remembered one lacks events, which are read one by one. A new one is read from chunks, but for its newest points. How many events it lacks is known by their
 * pace alone; those of the news are lacked by both. A wrong guess costs reads, and changes no answer.
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
  // Those without a chunk are read as events in either case.
  const inChunks = lacking - chunkPoints - newestPoints;
  return inChunks > (length + lacking) / eventPoints;
}
