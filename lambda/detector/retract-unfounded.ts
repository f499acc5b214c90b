import { compareEventKeys, hasTime } from '../event.ts';
import type { StoredChangePoint } from '../tables/stored-change-point.ts';
import { isDecidable } from './is-decidable.ts';
import type { DetectorParts } from './look-parts.ts';
import { isAfter } from './news.ts';
import { type StandingParts, stillStands } from './still-stands.ts';

/** Sorts after every event key, which starts with a year. */
const afterAllKeys = '~';

/**
 * After so many change points in a row whose regimes start after all that was amended, no other one is looked for. Regimes come in order, except that a
 * series whose HEAD was deleted was tested from its first event again.
 */
const mostBeyond = 16;

/**
 * Retracts the change points of a series that its events no longer show, and queues the retractions to be published.
 *
 * It looks only at change points that may rest on a deleted or corrected event: one from the start of their regime on, up to the next change
 * point. The regime after a retracted change point stays as it is.
 *
 * Call it after the look at the series, which has moved the HEAD for what was deleted or corrected: then no other instance can decide anything
 * from the old events.
 *
 * Cost: two queries, and one more for every four change points that are looked at; and for each change point that rests on such an event the reads of its regime, and tests of it.
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
  const [first] = keys;
  if (first === undefined) return 0;
  let retracted = 0;
  let beyond = 0;
  for await (const { found, next } of inTurn(parts.changePoints.knownAround(seriesId, first))) {
    if (found.retractedAt !== undefined || !isDecidable(found)) continue;
    const { grounds, eventKey } = found;
    const amendedIn = keys.find((key) => isAfter(key, grounds.after));
    beyond = amendedIn === undefined ? beyond + 1 : 0;
    if (beyond === mostBeyond) break;
    const end = compareEventKeys(next, eventKey) > 0 ? next : eventKey;
    if (
      amendedIn === undefined ||
      isAfter(amendedIn, end) ||
      (await stillStands(found, grounds, next, parts))
    )
      continue;
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
