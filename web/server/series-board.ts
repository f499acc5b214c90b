import type { SeriesState, SeriesUpdate, Update } from '../wire.ts';
import { pageLimits } from './page-limits.ts';
import { type BoardChange, type RowChanges, rowChanges } from './row-changes.ts';
import { type SortedReadings, sortedReadings } from './sorted-readings.ts';

/** A reading of a series, as the events table stores it. */
export interface BoardReading {
  readonly seriesId: string;
  readonly eventKey: string;
  readonly time: number;
  readonly value: number;
}

/** The state of every series, and what is new since the last update. */
export interface SeriesBoard {
  recorded(reading: BoardReading): void;
  /** That a reading of a series is there no more; without a key, all that the board has. */
  removed(seriesId: string, eventKey: string | undefined): void;
  /** That there is a series. Its readings are not known yet. */
  known(seriesId: string): void;
  /** The series of which the board has no reading, since it knows none yet or all were removed. Some may be stored. */
  readonly emptied: readonly string[];
  /** That nothing is stored of an emptied series. It leaves the board; if it comes again, it is a new one. */
  gone(seriesId: string): void;
  /** Takes a change point that is new, or told, or acknowledged. */
  changed(found: BoardChange): void;
  /** That change points of a series, up to one of them, are acknowledged or gone. */
  acknowledged(seriesId: string, through: string): void;
  /** The series with change points that nobody has acknowledged. */
  readonly unacknowledged: readonly string[];
  /** Event key of the oldest change point of a series that nobody has acknowledged. */
  oldestUnacknowledged(seriesId: string): string | undefined;
  /** The series with change points that are all acknowledged. */
  readonly settled: readonly string[];
  readonly seriesIds: readonly string[];
  /** The state of every series that has readings. */
  readonly states: readonly SeriesState[];
  /** Number of series for which the board has no room, or no reading yet. */
  readonly unshown: number;
  /** What is new since the last call. */
  takeUpdates(): Pick<Update, 'added' | 'series' | 'gone'>;
}

interface SeriesRow {
  readonly index: number;
  readonly seriesId: string;
  readonly readings: SortedReadings;
  /** How many of the newest readings no update has sent yet; `undefined` if all must be sent again. */
  fresh: number | undefined;
  readonly changes: RowChanges;
}

export function seriesBoard(room: number = pageLimits.series): SeriesBoard {
  const rows = new Map<string, SeriesRow>();
  /** Series for which there is no room. */
  const beyond = new Set<string>();
  /** Those of them of which a reading was removed, which may have been the last. */
  const doubted = new Set<string>();
  let added: SeriesRow[] = [];
  let touched = new Set<SeriesRow>();
  /** Indexes of rows that readers know, and that are on the board no more. */
  let gone: number[] = [];
  let nextIndex = 0;

  function rowOf(seriesId: string): SeriesRow | undefined {
    const known = rows.get(seriesId);
    if (known !== undefined) return known;
    if (rows.size === room) {
      // Only so many ids are remembered: beyond that the count need not be exact.
      if (beyond.size < room) beyond.add(seriesId);
      return undefined;
    }
    const row: SeriesRow = {
      index: nextIndex++,
      seriesId,
      readings: sortedReadings(pageLimits.seriesPoints),
      fresh: 0,
      changes: rowChanges(),
    };
    rows.set(seriesId, row);
    beyond.delete(seriesId);
    added.push(row);
    return row;
  }

  return {
    recorded({ seriesId, eventKey, time, value }) {
      doubted.delete(seriesId);
      const row = rowOf(seriesId);
      if (row === undefined) return;
      const place = row.readings.add({ eventKey, time, value });
      if (place === 'last') row.fresh = row.fresh === undefined ? undefined : row.fresh + 1;
      else if (place === 'amid') row.fresh = undefined;
      touched.add(row);
    },
    removed(seriesId, eventKey) {
      if (beyond.has(seriesId)) doubted.add(seriesId);
      const row = rows.get(seriesId);
      if (!row?.readings.remove(eventKey)) return;
      row.fresh = undefined;
      touched.add(row);
    },
    known(seriesId) {
      rowOf(seriesId);
    },
    get emptied() {
      return [...[...rows.values()].filter((row) => !hasReadings(row)).map(idOf), ...doubted];
    },
    gone(seriesId) {
      doubted.delete(seriesId);
      beyond.delete(seriesId);
      const row = rows.get(seriesId);
      if (row === undefined || hasReadings(row)) return;
      rows.delete(seriesId);
      touched.delete(row);
      if (!added.includes(row)) gone.push(row.index);
      added = added.filter((one) => one !== row);
    },
    changed(found) {
      const row = rowOf(found.seriesId);
      if (row?.changes.add(found)) touched.add(row);
    },
    acknowledged(seriesId, through) {
      const row = rows.get(seriesId);
      if (row?.changes.acknowledgeThrough(through)) touched.add(row);
    },
    get unacknowledged() {
      return [...rows.values()].filter(({ changes }) => changes.unacknowledged > 0).map(idOf);
    },
    oldestUnacknowledged(seriesId) {
      return rows.get(seriesId)?.changes.oldestUnacknowledged;
    },
    get settled() {
      const isSettled = ({ changes }: SeriesRow) =>
        changes.last !== undefined && changes.unacknowledged === 0;
      return [...rows.values()].filter(isSettled).map(idOf);
    },
    get seriesIds() {
      return [...rows.keys()];
    },
    get states() {
      return [...rows.values()].filter(hasReadings).map(stateOf);
    },
    get unshown() {
      return beyond.size + added.filter((row) => !hasReadings(row)).length;
    },
    takeUpdates() {
      const fresh = new Set(added.filter(hasReadings));
      const known = [...touched].filter((row) => !fresh.has(row) && hasReadings(row));
      const most = Math.max(1, Math.floor(pageLimits.updatePoints / Math.max(1, known.length)));
      const updates = {
        added: [...fresh].map(stateOf),
        series: known.map((row) => updateOf(row, most)),
        gone,
      };
      gone = [];
      for (const row of [...fresh, ...known]) row.fresh = 0;
      added = added.filter((row) => !fresh.has(row));
      touched = new Set();
      return updates;
    },
  };
}

function idOf({ seriesId }: SeriesRow): string {
  return seriesId;
}

function hasReadings({ readings }: SeriesRow): boolean {
  return readings.all.length > 0;
}

function stateOf(row: SeriesRow): SeriesState {
  return { seriesId: row.seriesId, ...standOf(row), points: row.readings.all.map(({ value }) => value) };
}

function updateOf(row: SeriesRow, most: number): SeriesUpdate {
  const { all } = row.readings;
  const whole = row.fresh === undefined || row.fresh >= all.length;
  const count = Math.min(most, row.fresh ?? all.length, all.length);
  const points = count === 0 ? [] : all.slice(-count).map(({ value }) => value);
  return { ...standOf(row), points, ...(whole && { whole }) };
}

function standOf({ index, readings, changes }: SeriesRow): Omit<SeriesState, 'seriesId' | 'points'> {
  const { time, value } = readings.newest;
  const { last, since, unacknowledged } = changes;
  return {
    index,
    time,
    value,
    level: readings.medianSince(since),
    unacknowledged,
    ...(last && { lastChange: last }),
  };
}
