import { AedDetector, type Direction, type ResolvedOptions } from '@aed/core';
import { compareEventKeys, epochOfEventKey } from '../../lambda/event.ts';
import { placeInSeason } from '../../lambda/place-in-season.ts';
import type { Reading } from '../datasets/dataset.ts';
import { fileWander, remediesOfFlags } from '../file-wander.ts';
import type { ChangeNumbers } from './reading-numbers.ts';
import { type SourceEvent, sourceEvents } from './source-events.ts';

/** What another statistic than the service's would have reported of a source. */
export interface OtherStatistic {
  readonly statistic: ResolvedOptions['statistic'];
  /** Number of its change points. */
  readonly found: number;
  /** Number of the reading at which it would have known of a change; `undefined` if it would not report that one. */
  knownAt(seriesId: string, change: NumberedChange): number | undefined;
  /** What a reader should know before believing the service's change points. */
  readonly note: string | undefined;
}

/** A change point by the numbers of its readings. */
interface NumberedChange extends ChangeNumbers {
  readonly direction: Direction;
}

/** The other of the two statistics. */
export function otherThan(statistic: ResolvedOptions['statistic']): ResolvedOptions['statistic'] {
  return statistic === 'mpp' ? 'scan' : 'mpp';
}

/**
 * Runs a detector with other options over the readings of a source, as the service orders them.
 *
 * @param own - the options of the service; @param other - those with the other statistic
 */
export function otherStatistic(
  readings: readonly Reading[],
  own: ResolvedOptions,
  other: ResolvedOptions,
): OtherStatistic {
  const wander = fileWander();
  const bySeries = new Map<string, readonly NumberedChange[]>();
  for (const [seriesId, events] of sourceEvents(readings)) {
    const inOrder = placedEvents([...events.values()], other);
    bySeries.set(seriesId, changesIn(inOrder, other));
    if (own.statistic === 'scan') continue;
    const watch = wander.follow(own, other);
    for (const { value, place } of inOrder) watch.push(value, place);
  }
  return {
    statistic: other.statistic,
    found: [...bySeries.values()].reduce((sum, changes) => sum + changes.length, 0),
    knownAt: (seriesId, change) => bySeries.get(seriesId)?.find((one) => isSame(one, change))?.detectedAt,
    note: wander.note(remediesOfFlags(own.practicalThreshold)),
  };
}

/** Whether two change points tell the same change: it leads the same way, and the times between change and detection overlap. */
function isSame(one: NumberedChange, other: NumberedChange): boolean {
  return (
    one.direction === other.direction &&
    one.changedAt <= other.detectedAt &&
    other.changedAt <= one.detectedAt
  );
}

/** An event and its place in the season, if it has one by its time. */
interface PlacedEvent extends SourceEvent {
  readonly place: number | undefined;
}

/** In the order of the service. */
function placedEvents(events: readonly SourceEvent[], options: ResolvedOptions): readonly PlacedEvent[] {
  return events
    .toSorted((a, b) => compareEventKeys(a.eventKey, b.eventKey))
    .map((event) => ({ ...event, place: placeInSeason(options, epochOfEventKey(event.eventKey)) }));
}

function changesIn(events: readonly PlacedEvent[], options: ResolvedOptions): readonly NumberedChange[] {
  const numberAt = (index: number) => events[index]?.number ?? 0;
  const detector = new AedDetector(options);
  return events.flatMap(({ value, place }) => {
    const found = detector.push(value, place);
    if (found === undefined) return [];
    const { changedAt, detectedAt, direction } = found;
    return [{ changedAt: numberAt(changedAt), detectedAt: numberAt(detectedAt), direction }];
  });
}
