import type { Grounds } from '../change-point.ts';
import { compareEventKeys, epochOfEventKey, type StoredEvent } from '../event.ts';
import { placeInSeason } from '../place-in-season.ts';
import { PointList } from '../regime/point-list.ts';
import type { StoredChangePoint } from '../tables/stored-change-point.ts';
import type { DetectorParts } from './look-parts.ts';
import { memoryIn } from './regime-memory.ts';
import { restoredDetector } from './restore-detector.ts';

export type StandingParts = Pick<DetectorParts, 'events' | 'clock'>;

/**
 * Whether the events that are left still show a change point.
 *
 * Its regime is read anew, up to the event at which the change was known, and tested there with the options and the memory of that time. So
 * untouched events give the same answer again. If the test finds nothing, it goes on with the events since, up to the next change point: with fewer
 * readings the change may only have been known later. A change in the same direction lets it stand, wherever it is. So it does if
 * events of the regime may have expired, since nobody can tell then. Its item says when the first of them does. An old item does not: then the regime's
 * first reading must be there.
 *
 * @param until - event key of the first reading of the next change point's new level; or what sorts after all, if this is the newest
 */
export async function stillStands(
  { seriesId, eventKey, direction, options, before }: StoredChangePoint,
  grounds: Grounds,
  until: string,
  { events, clock }: StandingParts,
): Promise<boolean> {
  const now = clock().getTime();
  if (grounds.expiresAt !== undefined && grounds.expiresAt * 1000 <= now) return true;
  const regime: StoredEvent[] = [];
  for await (const page of events.read(seriesId, grounds.after, eventKey)) regime.push(...page);
  if (grounds.expiresAt === undefined && !hasItsBeginning(regime, before.from, now)) return true;
  // It is longer than any that is tested: late events have joined it since.
  if (regime.length > options.maxRegimeLength) return true;
  const points = new PointList();
  for (const event of regime.slice(0, -1)) points.push(event.value, epochOfEventKey(event.eventKey));
  const detector = restoredDetector(points, points.length, { options, memory: memoryIn(grounds) });
  const test = ({ eventKey: key, value }: StoredEvent) =>
    detector.push(value, placeInSeason(options, epochOfEventKey(key)))?.direction;
  const atOnce = regime.slice(-1).map(test)[0];
  if (atOnce !== undefined) return atOnce === direction;
  if (compareEventKeys(until, eventKey) <= 0) return false;
  for await (const page of events.read(seriesId, eventKey, until)) {
    for (const event of page) {
      if (event.eventKey === until) return false;
      // Only a change begins another regime. At a set point the older half goes, and the newer one may still show this change.
      const found = test(event);
      if (found !== undefined) return found === direction;
    }
  }
  return false;
}

/** Whether the first reading of a regime is there, and has not expired. Where it is missing, it may have been deleted or have expired. */
function hasItsBeginning([first]: readonly StoredEvent[], from: string, now: number): boolean {
  if (first === undefined || !(epochOfEventKey(first.eventKey) <= Date.parse(from))) return false;
  return first.expiresAt === undefined || first.expiresAt * 1000 > now;
}
