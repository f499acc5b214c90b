import { compareEventKeys, epochOfEventKey, type StoredEvent } from '../event.ts';
import type { EventReader } from '../tables/events-table.ts';
import type { Regime } from './regime.ts';

/** The regime is not what the events table holds: it must be read anew. */
export class StaleRegimeError extends Error {
  override readonly name = 'StaleRegimeError';
}

/** Points so near to each other are found in one read. */
const near = 25;

/**
 * The events of points of a regime, which remembers values and times alone.
 *
 * Those that were added just now are at hand. Others are read from the events table, where all events of the same
 * milliseconds must be those of the regime.
 *
 * @param indexes - points of the regime
 * @returns the event of each of these points, and of some between them
 * @throws StaleRegimeError if the table holds other events
 */
export async function eventsOfPoints(
  seriesId: string,
  regime: Regime,
  indexes: readonly number[],
  events: EventReader,
): Promise<ReadonlyMap<number, StoredEvent>> {
  const found = new Map<number, StoredEvent>();
  const unknown: number[] = [];
  for (const index of new Set(indexes)) {
    const event = regime.eventAt(index);
    if (event === undefined) unknown.push(index);
    else found.set(index, event);
  }
  const reads = runsOf(unknown).map(async ({ first, last }) => {
    const { points } = regime;
    const stretch = await readStretch(seriesId, regime, points.timeAt(first), points.timeAt(last), events);
    if (stretch === undefined)
      throw new StaleRegimeError('the events table holds other events than the regime');
    for (const [place, event] of stretch.events.entries()) found.set(stretch.start + place, event);
  });
  await Promise.all(reads);
  return found;
}

/**
 * Reads the events from one time to another one, as far as they are in the regime.
 *
 * @returns the events, and the index of the first; `undefined` if they are not those of the regime
 */
export async function readStretch(
  seriesId: string,
  { points, after, through }: Regime,
  fromTime: number,
  toTime: number,
  events: EventReader,
): Promise<{ readonly start: number; readonly events: readonly StoredEvent[] } | undefined> {
  const start = points.indexAt(fromTime, 'not before');
  const end = points.indexAt(toTime, 'after');
  // A key begins with its time. What follows in it sorts before a tilde.
  const first = new Date(fromTime).toISOString();
  const last = `${new Date(toTime).toISOString()}~`;
  const low = after !== undefined && compareEventKeys(after, first) > 0 ? after : first;
  const high = through !== undefined && compareEventKeys(through, last) < 0 ? through : last;
  const read: StoredEvent[] = [];
  if (compareEventKeys(low, high) < 0) {
    for await (const page of events.read(seriesId, low, high)) read.push(...page);
  }
  const isSame = ({ eventKey, value }: StoredEvent, place: number) =>
    value === points.valueAt(start + place) && epochOfEventKey(eventKey) === points.timeAt(start + place);
  return read.length === end - start && read.every(isSame) ? { start, events: read } : undefined;
}

/** Indexes that are near to each other, together. */
function runsOf(indexes: readonly number[]): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run !== undefined && index - run.last <= near) run.last = index;
    else runs.push({ first: index, last: index });
  }
  return runs;
}
