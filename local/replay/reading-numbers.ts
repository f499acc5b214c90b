import type { Reading } from '../../datasets/dataset.ts';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { compareEventKeys, eventKey } from '../../lambda/event.ts';
import { parseEvent } from '../../lambda/parse-event.ts';
import { defaultFieldNames } from '../../lambda/settings.ts';

/** Where a change lies in the source: numbers of readings of its series, from 0, in the order of the source. */
export interface ChangeNumbers {
  readonly changedAt: number;
  readonly detectedAt: number;
}

/**
 * Finds the readings of a change point again in the source they came from.
 *
 * The service knows a reading by its event key; the first of the new level is as many readings, in key order, before
 * the detection as the new level has.
 */
export function readingNumbers(readings: readonly Reading[]): (found: SeriesChangePoint) => ChangeNumbers {
  const numbersByKey = new Map<string, Map<string, number>>();
  const counts = new Map<string, number>();
  for (const reading of readings) {
    const number = counts.get(reading.seriesId) ?? 0;
    counts.set(reading.seriesId, number + 1);
    const parsed = parseEvent(reading, {
      fields: defaultFieldNames,
      latestTimestamp: Number.POSITIVE_INFINITY,
    });
    if (!parsed.ok) continue;
    const numbers = numbersByKey.get(reading.seriesId) ?? new Map<string, number>();
    const key = eventKey(parsed.event);
    // Equal readings are one event; the first of them names it.
    if (!numbers.has(key)) numbers.set(key, number);
    numbersByKey.set(reading.seriesId, numbers);
  }
  const inKeyOrder = new Map(
    [...numbersByKey].map(([seriesId, numbers]) => {
      const keys = [...numbers.keys()].sort(compareEventKeys);
      return [seriesId, { numbers, keys, places: new Map(keys.map((key, place) => [key, place])) }];
    }),
  );

  return ({ seriesId, eventKey: detectionKey, after }) => {
    const series = inKeyOrder.get(seriesId);
    const place = series?.places.get(detectionKey);
    const firstOfLevel = place === undefined ? undefined : series?.keys[place - after.count + 1];
    const detectedAt = series?.numbers.get(detectionKey);
    const changedAt = firstOfLevel === undefined ? undefined : series?.numbers.get(firstOfLevel);
    if (detectedAt === undefined || changedAt === undefined) {
      throw new Error(`the change point of ${seriesId} at ${detectionKey} is at no reading of the source`);
    }
    return { changedAt, detectedAt };
  };
}
