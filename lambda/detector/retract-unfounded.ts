import { compareEventKeys, hasTime } from '../event.ts';
import type { StoredChangePoint } from '../tables/stored-change-point.ts';
import { isDecidable } from './is-decidable.ts';
import type { DetectorParts } from './look-parts.ts';
import { isAfter } from './news.ts';
import { type StandingParts, stillStands } from './still-stands.ts';

/** Sorts after every event key, which starts with a year. */
const afterAllKeys = '~';

/**
 * Retracts the change points of a series that its events no longer show, and queues the retractions to be published.
 *
 * It looks only at change points that may rest on a deleted or corrected event: one from the start of their regime on, up to the next change
 * point. The regime after a retracted change point stays as it is.
 *
 * Call it after the look at the series, which has moved the HEAD for what was deleted or corrected: then no other instance can decide anything
 * from the old events.
 *
 * Cost: two queries; and for each change point that rests on such an event the reads of its regime, and tests of it.
 *
 * @param amended - event keys
 * @returns how many were retracted
 */
export async function retractUnfounded(
  seriesId: string,
  amended: readonly string[],
  parts: Pick<DetectorParts, 'changePoints' | 'stored'> & StandingParts,
): Promise<number> {
  const keys = amended.toSorted(compareEventKeys);
  const [first, last] = [keys.at(0), keys.at(-1)];
  if (first === undefined || last === undefined) return 0;
  let retracted = 0;
  let at = 0;
  for await (const { found, next } of inTurn(parts.changePoints.knownAround(seriesId, first))) {
    if (found.retractedAt !== undefined || !isDecidable(found)) continue;
    const { grounds, eventKey } = found;
    // The regimes of all later change points start later still.
    if (!isAfter(last, grounds.after)) break;
    // Regimes come in order, and so do the keys: what lies before this regime is in no later one.
    while (at < keys.length && !isAfter(keys[at] ?? '', grounds.after)) at++;
    const end = compareEventKeys(next, eventKey) > 0 ? next : eventKey;
    const restsOn = !isAfter(keys[at] ?? last, end);
    if (!restsOn || (await stillStands(found, grounds, next, parts))) continue;
    if (!(await parts.changePoints.retract(found, parts.clock().toISOString()))) continue;
    parts.stored(found);
    retracted++;
  }
  return retracted;
}

/** Each change point whose keys are whole, and the event key at which the new level of the next one begins. */
async function* inTurn(
  changePoints: AsyncIterable<StoredChangePoint>,
): AsyncGenerator<{ readonly found: StoredChangePoint; readonly next: string }> {
  let found: StoredChangePoint | undefined;
  for await (const one of changePoints) {
    if (![one.eventKey, one.changedEventKey].every(hasTime)) continue;
    if (found !== undefined) yield { found, next: one.changedEventKey };
    found = one;
  }
  if (found !== undefined) yield { found, next: afterAllKeys };
}
