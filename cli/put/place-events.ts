import { seriesOfField } from '../../lambda/reading/series-of-field.ts';
import { defaultFields, recordWriter, type ServiceRecord } from '../produce/service-records.ts';
import type { TimedReading } from './given-times.ts';
import type { SeriesReading } from './held-readings.ts';
import { joinedRows } from './joined-rows.ts';
import { isBefore, type Position } from './position.ts';
import { readingEventWriter } from './reading-events.ts';
import { type RefusalOptions, type Refusals, refusals } from './refusals.ts';
import { rowWriter, severalFields } from './row-records.ts';
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
export interface EventPlacer {
  readonly counts: PlacedCounts;
  readonly refused: Refusals;
  readonly series: ReadonlySet<string>;
  /** The fields that the service reads of each record, if they are several: then the readings of a row must come together. */
  readonly fields: readonly string[] | undefined;
  /** The name of a series in the service. @param column - the only one of the values */
  nameOf(series: string, column: string | undefined): string;
  /** @returns those of them that are to be sent */
  place(readings: Iterable<SeriesReading>): Generator<PlacedEvent>;
}

export function eventPlacer(options: PlaceOptions): EventPlacer {
  const { records: choice = defaultFields } = options;
  const events = readingEventWriter();
  const fields = severalFields(choice);
  const refused = refusals(options);
  const series = new Set<string>();
  const counts: PlacedCounts = { placed: 0, before: 0, oldest: Number.POSITIVE_INFINITY };
  const { nameOf, written } = fields === undefined ? readingByReading() : rowByRow(fields);

  function readingByReading() {
    const { nameOf, write } = recordWriter(choice);
    function* written(readings: Iterable<SeriesReading>): Generator<Written> {
      for (const { series: name, reading } of readings)
        yield { event: write(events.write(name, reading)), reading, series: [name] };
    }
    return { nameOf, written };
  }

  function rowByRow(names: readonly string[]) {
    const write = rowWriter(choice, names);
    function* written(readings: Iterable<SeriesReading>): Generator<Written> {
      for (const { device, reading, values } of joinedRows(readings)) {
        const { value: _, ...frame } = events.write(device, reading);
        const of = [...values.keys()].map((name) => seriesOfField(device, name));
        yield { event: write(frame, values), reading, series: of };
      }
    }
    return { nameOf: (name: string) => name, written };
  }

  return {
    counts,
    refused,
    series,
    fields,
    nameOf,
    *place(readings) {
      for (const { event, reading, series: of } of written(readings)) {
        const { row, time } = reading;
        for (const name of of) series.add(name);
        if (refused.refuses(event, row, of.length)) continue;
        if (isBefore(options.from, row, time.ms)) {
          counts.before += of.length;
          continue;
        }
        counts.placed += of.length;
        counts.oldest = Math.min(counts.oldest, time.ms);
        yield { event, row, ms: time.ms };
      }
    },
  };
}

/** A record, and the series of its values. */
interface Written {
  readonly event: ServiceRecord;
  readonly reading: TimedReading;
  readonly series: readonly string[];
}
