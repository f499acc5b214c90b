import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { eventKey } from '../../lambda/event.ts';
import { parseEvent } from '../../lambda/record/parse-event.ts';
import { defaultFieldNames } from '../../lambda/settings.ts';
import type { Reading } from '../datasets/dataset.ts';

/** Position of a change: numbers of readings in its series, from 0, in the order of the source. */
export interface ChangeNumbers {
  readonly changedAt: number;
  readonly detectedAt: number;
}

/** Finds the readings of a change point in their source, by their event keys. */
export function readingNumbers(readings: readonly Reading[]): (found: SeriesChangePoint) => ChangeNumbers {
  const numbersBySeries = new Map<string, Map<string, number>>();
  const counts = new Map<string, number>();
  const rules = { fields: defaultFieldNames, latestTimestamp: Number.POSITIVE_INFINITY };
  for (const reading of readings) {
    const number = counts.get(reading.seriesId) ?? 0;
    counts.set(reading.seriesId, number + 1);
    const parsed = parseEvent(reading, rules);
    if (!parsed.ok) continue;
    const numbers = numbersBySeries.get(reading.seriesId) ?? new Map<string, number>();
    const key = eventKey(parsed.event);
    // Equal readings are one event, which has the number of the first.
    if (!numbers.has(key)) numbers.set(key, number);
    numbersBySeries.set(reading.seriesId, numbers);
  }

  return (found) => {
    const numbers = numbersBySeries.get(found.seriesId);
    const changedAt = numbers?.get(found.changedEventKey);
    const detectedAt = numbers?.get(found.eventKey);
    if (changedAt === undefined || detectedAt === undefined) {
      throw new Error(
        `the change point of ${found.seriesId} at ${found.eventKey} matches no reading of the source`,
      );
    }
    return { changedAt, detectedAt };
  };
}
