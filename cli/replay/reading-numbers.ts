import type { Interval } from '@aed/core';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import type { Reading } from '../datasets/dataset.ts';
import { sourceEvents } from './source-events.ts';

/** Position of a change: numbers of readings in its series, from 0, in the order of the source. */
export interface ChangeNumbers {
  readonly changedAt: number;
  /** Where it may be; absent from what was stored before there was an interval. */
  readonly interval?: Interval;
  readonly detectedAt: number;
}

/** Finds the readings of a change point in their source, by their event keys. */
export function readingNumbers(readings: readonly Reading[]): (found: SeriesChangePoint) => ChangeNumbers {
  const bySeries = sourceEvents(readings);
  return (found) => {
    const events = bySeries.get(found.seriesId);
    const changed = events?.get(found.changedEventKey);
    const detected = events?.get(found.eventKey);
    if (changed === undefined || detected === undefined) {
      throw new Error(
        `the change point of ${found.seriesId} at ${found.eventKey} matches no reading of the source`,
      );
    }
    const from = events?.get(found.changedFromEventKey ?? '');
    const to = events?.get(found.changedToEventKey ?? '');
    return {
      changedAt: changed.number,
      detectedAt: detected.number,
      ...(from && to && { interval: { from: from.number, to: to.number } }),
    };
  };
}
