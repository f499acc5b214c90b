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
 * Joins the readings of each row and device; of rows with one id, those of all of them.
 *
 * Equal rows of one moment count once, unless they have ids. A row of which only some values are those of another keeps all, since the service
 * sets a record aside that lacks one.
 *
 * @param readings - of series named `device/column`, in the order of time, repeated ones too. Those of one row have one time, so only the
 *   readings of a moment are held.
 */
export function* joinedRows(readings: Iterable<SeriesReading>): Generator<JoinedRow> {
  let open = new Map<string, OpenRow>();
  let moment: TimedReading['time'] | undefined;
  for (const { series, reading } of readings) {
    const { time, row, value, key } = reading;
    if (moment !== undefined && (time.ms !== moment.ms || time.ns !== moment.ns)) {
      yield* differing(open.values());
      open = new Map();
    }
    moment = time;
    const { device, field } = fieldOfSeries(series) ?? { device: series, field: '' };
    const name = JSON.stringify([typeof key === 'string' ? key : row, device]);
    const known = open.get(name) ?? { device, reading, values: new Map<string, number>() };
    known.values.set(field, value);
    open.set(name, known);
  }
  yield* differing(open.values());
}

/** The rows of a moment, equal ones of a device once. */
function* differing(rows: Iterable<JoinedRow>): Generator<JoinedRow> {
  const seen = new Set<string>();
  for (const row of rows) {
    const content = JSON.stringify([row.device, [...row.values].sort()]);
    if (typeof row.reading.key === 'string' || !seen.has(content)) yield row;
    seen.add(content);
  }
}
