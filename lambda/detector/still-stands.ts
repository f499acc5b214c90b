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
 * readings the change may only have been known later. A change in the same direction lets it stand, wherever it is. So does an event of
 * the regime that must have expired, since nobody can tell then.
 *
 * @param until - event key of the first reading of the next change point's new level; or what sorts after all, if this is the newest
 */
export async function stillStands(
  { seriesId, eventKey, direction, options, before }: StoredChangePoint,
  grounds: Grounds,
  until: string,
  { events, clock }: StandingParts,
): Promise<boolean> {
  const points = new PointList();
  for await (const page of events.read(seriesId, grounds.after, eventKey)) {
    const [first] = page;
    if (points.length === 0 && first && expiryOf(before.from, first) <= clock().getTime()) return true;
    for (const event of page) points.push(event.value, epochOfEventKey(event.eventKey));
  }
  // The regime is longer than any that is tested: late events have joined it since.
  if (points.length > options.maxRegimeLength) return true;
  const tested = Math.max(0, points.length - 1);
  const detector = restoredDetector(points, tested, { options, memory: memoryIn(grounds) });
  const test = (value: number, time: number) => detector.push(value, placeInSeason(options, time))?.direction;
  if (points.length > tested && test(points.valueAt(tested), points.timeAt(tested)) === direction)
    return true;
  if (compareEventKeys(until, eventKey) <= 0) return false;
  for await (const page of events.read(seriesId, eventKey, until)) {
    for (const { eventKey: key, value } of page) {
      // Another regime has begun.
      if (detector.regimeStart > 0 || key === until) return false;
      if (test(value, epochOfEventKey(key)) === direction) return true;
    }
  }
  return false;
}

/** When an event of this time expires, in epoch milliseconds, if it is kept as long as the given one; infinite if that one is kept for ever. */
function expiryOf(time: string, { eventKey, expiresAt }: StoredEvent): number {
  return expiresAt === undefined
    ? Number.POSITIVE_INFINITY
    : Date.parse(time) + expiresAt * 1000 - epochOfEventKey(eventKey);
}
