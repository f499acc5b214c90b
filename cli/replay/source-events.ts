import { eventKey } from '../../lambda/event.ts';
import { parseReading } from '../../lambda/record/parse-reading.ts';
import type { Reading } from '../datasets/dataset.ts';

/** A reading of a source that becomes an event. */
export interface SourceEvent {
  /** From 0 in its series, in the order of the source, bad and repeated readings included. */
  readonly number: number;
  readonly eventKey: string;
  readonly value: number;
}

/** The events of a source by series, in the order of the source. Equal readings are one event, which has the number of the first. */
export function sourceEvents(
  readings: readonly Reading[],
): ReadonlyMap<string, ReadonlyMap<string, SourceEvent>> {
  const bySeries = new Map<string, Map<string, SourceEvent>>();
  const counts = new Map<string, number>();
  for (const reading of readings) {
    const number = counts.get(reading.seriesId) ?? 0;
    counts.set(reading.seriesId, number + 1);
    const parsed = parseReading(reading);
    if (!parsed.ok) continue;
    const events = bySeries.get(reading.seriesId) ?? new Map<string, SourceEvent>();
    const key = eventKey(parsed.event);
    if (!events.has(key)) events.set(key, { number, eventKey: key, value: parsed.event.value });
    bySeries.set(reading.seriesId, events);
  }
  return bySeries;
}
