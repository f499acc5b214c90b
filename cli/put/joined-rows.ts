import { fieldOfSeries } from '../../lambda/reading/series-of-field.ts';
import type { TimedReading } from './given-times.ts';
import type { SeriesReading } from './held-readings.ts';

/** A row of a device: what one record holds. */
export interface JoinedRow {
  readonly device: string;
  /** Any of its readings: they have the row, the time and the id in common. */
  readonly reading: TimedReading;
  /** Its values by their columns. */
  readonly values: ReadonlyMap<string, number>;
}

interface OpenRow extends JoinedRow {
  readonly values: Map<string, number>;
}

/**
 * Joins the readings of each row and device.
 *
 * @param readings - of series named `device/column`, in the order of time. Those of one row have one time, so only the readings of a moment are held.
 */
export function* joinedRows(readings: Iterable<SeriesReading>): Generator<JoinedRow> {
  let open = new Map<string, OpenRow>();
  let moment: TimedReading['time'] | undefined;
  for (const { series, reading } of readings) {
    const { time, row, value } = reading;
    if (moment !== undefined && (time.ms !== moment.ms || time.ns !== moment.ns)) {
      yield* open.values();
      open = new Map();
    }
    moment = time;
    const { device, field } = fieldOfSeries(series) ?? { device: series, field: '' };
    const key = `${row} ${device}`;
    const known = open.get(key) ?? { device, reading, values: new Map<string, number>() };
    known.values.set(field, value);
    open.set(key, known);
  }
  yield* open.values();
}
