import { AedDetector, type Direction, type ResolvedOptions } from '@aed/core';
import type { Reading } from '../datasets/dataset.ts';
import type { ChangeNumbers } from './reading-numbers.ts';
import { type SourceEvent, sourceEvents } from './source-events.ts';

/** What another statistic than the service's would have reported of a source. */
export interface OtherStatistic {
  readonly statistic: ResolvedOptions['statistic'];
  /** Number of its change points. */
  readonly found: number;
  /** Number of the reading at which it would have known of a change; `undefined` if it would not report that one. */
  knownAt(seriesId: string, change: NumberedChange): number | undefined;
}

/** A change point by the numbers of its readings. */
interface NumberedChange extends ChangeNumbers {
  readonly direction: Direction;
}

/** The other of the two statistics. */
export function otherThan(statistic: ResolvedOptions['statistic']): ResolvedOptions['statistic'] {
  return statistic === 'mpp' ? 'scan' : 'mpp';
}

/** Runs a detector with these options over the readings of a source, as the service orders them. */
export function otherStatistic(readings: readonly Reading[], options: ResolvedOptions): OtherStatistic {
  const bySeries = new Map(
    [...sourceEvents(readings)].map(([seriesId, events]) => [seriesId, changesIn(events, options)]),
  );
  return {
    statistic: options.statistic,
    found: [...bySeries.values()].reduce((sum, changes) => sum + changes.length, 0),
    knownAt: (seriesId: string, change: NumberedChange) =>
      bySeries.get(seriesId)?.find((other) => isSame(other, change))?.detectedAt,
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

function changesIn(
  events: ReadonlyMap<string, SourceEvent>,
  options: ResolvedOptions,
): readonly NumberedChange[] {
  const inOrder = [...events.values()].sort((a, b) => (a.eventKey < b.eventKey ? -1 : 1));
  const numberAt = (index: number) => inOrder[index]?.number ?? 0;
  const detector = new AedDetector(options);
  return inOrder.flatMap(({ value }) => {
    const found = detector.push(value);
    if (found === undefined) return [];
    const { changedAt, detectedAt, direction } = found;
    return [{ changedAt: numberAt(changedAt), detectedAt: numberAt(detectedAt), direction }];
  });
}
