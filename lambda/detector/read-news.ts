import type { StoredEvent } from '../event.ts';
import { processingLimits } from '../processing-limits.ts';
import { farthest } from './farthest.ts';
import type { LookParts } from './look-parts.ts';
import type { LookState } from './look-state.ts';
import { isAfter } from './news.ts';
import type { Regime } from './regime.ts';

/** What a look tests. */
export interface ReadNews {
  /** The events that the regime lacks, in pages, and in key order. */
  readonly pages: AsyncIterable<readonly StoredEvent[]> | Iterable<readonly StoredEvent[]>;
  /** Event key of the newest of them. */
  readonly through: string;
  /** Ids of the waves beyond the news. */
  readonly ahead: readonly string[];
  /** Keys of the events beyond the newest of the news. */
  readonly beyond: readonly string[];
}

const { aheadItems, aheadNews, aheadWaves } = processingLimits;

/**
 * Reads the events that a regime lacks, up to the newest of the news; and beyond that, up to the newest wave that is whole in the table. The record of such a
 * wave is still to come, and the wave need not wait for it.
 *
 * Where a closing event is stored, all events before it are stored: the recorder writes a wave's closing event last, and the waves of a series one after
 * another. The record of the wave says no more than that. One call reads the newest events first, so all that it finds before a closing event was read
 * after that. Events behind the last closing event are not tested yet.
 *
 * Cost: one read, of about as much as is tested; two where the regime lacks more than `aheadItems`. With much news none goes beyond it.
 *
 * @returns `undefined` if nothing is new
 */
export async function readNews(
  regime: Regime,
  { head: { seriesId, testedThrough }, news }: Pick<LookState, 'head' | 'news'>,
  { events }: Pick<LookParts, 'events'>,
): Promise<ReadNews | undefined> {
  const { newest } = news;
  if (newest === undefined) return undefined;
  const after = regime.through;
  const read =
    news.tested > aheadNews
      ? undefined
      : await events.readNewest(seriesId, after, aheadItems, farthest(newest, after, news));
  // A wave with an event that comes late is news again when its record comes.
  const waves = (read?.waves ?? [])
    .filter(({ closing, oldest }) => isAfter(closing, newest) && isAfter(oldest, testedThrough))
    .slice(0, aheadWaves - news.ahead.length);
  const through = waves.at(-1)?.closing ?? newest;
  if (!isAfter(through, testedThrough)) return undefined;
  if (read === undefined)
    return { pages: events.read(seriesId, after, newest), through, ahead: [], beyond: [] };
  const page = read.events.filter(({ eventKey }) => !isAfter(eventKey, through));
  const beyond = page.map(({ eventKey }) => eventKey).filter((key) => isAfter(key, newest));
  return { pages: [page], through, ahead: waves.flatMap(({ id }) => id ?? []), beyond };
}
