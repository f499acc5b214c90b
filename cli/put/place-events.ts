import { defaultFields, type RecordWriter, recordWriter } from '../produce/service-records.ts';
import type { TimedReading } from './given-times.ts';
import { isBefore, type Position } from './position.ts';
import { readingEventWriter } from './reading-events.ts';
import { type RefusalOptions, refusals } from './refusals.ts';
import type { PlacedEvent } from './send-in-order.ts';

export interface PlaceOptions extends RefusalOptions {
  /** Readings before it are not sent. */
  readonly from: Position;
}

/** The readings that became events, and those that did not. */
export interface PlacedCounts {
  /** To be sent. */
  placed: number;
  /** Before the position from which the file is put. */
  before: number;
  /** Epoch milliseconds of the oldest that is to be sent. */
  oldest: number;
}

/** Turns readings into events to be sent, and counts them. */
export function eventPlacer(options: PlaceOptions) {
  const events = readingEventWriter();
  const records: RecordWriter = recordWriter(options.records ?? defaultFields);
  const refused = refusals(options);
  const series = new Set<string>();
  const counts: PlacedCounts = { placed: 0, before: 0, oldest: Number.POSITIVE_INFINITY };
  return {
    counts,
    refused,
    series,
    nameOf: records.nameOf,
    /** @returns `undefined` if it is not to be sent */
    place(seriesId: string, reading: TimedReading): PlacedEvent | undefined {
      const { row, time } = reading;
      const event = records.write(events.write(seriesId, reading));
      series.add(seriesId);
      if (refused.refuses(event, row)) return undefined;
      if (isBefore(options.from, row, time.ms)) {
        counts.before++;
        return undefined;
      }
      counts.placed++;
      counts.oldest = Math.min(counts.oldest, time.ms);
      return { event, row, ms: time.ms };
    },
  };
}
