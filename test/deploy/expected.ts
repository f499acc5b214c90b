import { type DetectorOptions, detectChangePoints } from '@aed/core';
import type { Reading } from '../../cli/datasets/dataset.ts';
import { nearestStorable } from '../../lambda/dynamo-number.ts';
import { type Event, eventKey, timeOfEventKey } from '../../lambda/event.ts';
import { parseReading } from '../../lambda/record/parse-reading.ts';

/** What of a change point the core alone can say. */
export interface ExpectedChangePoint {
  readonly seriesId: string;
  readonly changedAt: string;
  readonly detectedAt: string;
  readonly direction: 'up' | 'down';
  readonly magnitude: number;
  readonly pValue: number;
  readonly statistic: number;
}

/** What must be in the account after these readings: every event once, and the core's own answer for each series. */
export interface Expected {
  /** `<seriesId> <event key>`, sorted. */
  readonly events: readonly string[];
  /** The newest event of each series, in the same form. */
  readonly newest: readonly string[];
  readonly changePoints: readonly ExpectedChangePoint[];
}

export function expectedFrom(readings: readonly Reading[], options: DetectorOptions): Expected {
  const series = [...bySeries(readings)].map(([seriesId, events]) => ({
    seriesId,
    keys: events.map(eventKey),
    found: detectChangePoints(
      events.map(({ value }) => value),
      options,
    ),
  }));
  return {
    events: series.flatMap(({ seriesId, keys }) => keys.map((key) => `${seriesId} ${key}`)).sort(),
    newest: series.map(({ seriesId, keys }) => `${seriesId} ${keys.at(-1)}`).sort(),
    changePoints: series
      .flatMap(({ seriesId, keys, found }) =>
        found.map(({ changedAt, detectedAt, direction, magnitude, pValue, statistic }) => ({
          seriesId,
          changedAt: timeOfEventKey(keys[changedAt] ?? ''),
          detectedAt: timeOfEventKey(keys[detectedAt] ?? ''),
          direction,
          magnitude: nearestStorable(magnitude),
          pValue: nearestStorable(pValue),
          statistic,
        })),
      )
      .sort(inOrder),
  };
}

/** By series, then time. */
export function inOrder(a: ExpectedChangePoint, b: ExpectedChangePoint): number {
  return a.seriesId.localeCompare(b.seriesId) || a.detectedAt.localeCompare(b.detectedAt);
}

function bySeries(readings: readonly Reading[]): ReadonlyMap<string, readonly Event[]> {
  const series = new Map<string, Event[]>();
  for (const reading of readings) {
    const parsed = parseReading(reading);
    if (!parsed.ok) throw new Error(`a reading of the data set is no event: ${parsed.detail}`);
    const known = series.get(parsed.event.seriesId);
    if (known === undefined) series.set(parsed.event.seriesId, [parsed.event]);
    else known.push(parsed.event);
  }
  return series;
}
