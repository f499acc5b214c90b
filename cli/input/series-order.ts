import { compareTimes, type ReadingTime } from './reading-time.ts';

/** A reading on its way; a gap has NaN, and keeps the numbers of the readings after it. */
export interface OrderedReading {
  readonly time: ReadingTime | undefined;
  readonly value: number;
  readonly row: number;
  /** What tells readings of one moment apart: the value, or an id if the file has ids. */
  readonly key: number | string;
  /** What the row has, where that is no reading or repeats one. */
  readonly raw?: RawReading;
  readonly isRepeated?: boolean;
}

/** A row that is no reading of its own. */
export interface RawReading {
  /** Absent if it could be read. */
  readonly time?: string;
  readonly value: string;
  readonly id?: string;
}

/** What was put right on the way. */
export interface OrderCounts {
  /** Rows that stood after newer ones. */
  sorted: number;
  /** Readings with the series, time and value or id of another one: they count once. */
  repeated: number;
  /** Of those, readings with the id of another one and a new value, which replaces the first. */
  replaced: number;
  /** Readings with the series and time of another one, and a value or id of their own: they all count. */
  sameTime: number;
}

/** Readings of one series, put in the order of time. */
export interface SeriesOrder {
  push(entry: OrderedReading): void;
  /** Passes on what was held the last time, too: no row is held for longer than the time between two calls. */
  pushOn(): void;
  /** The number of the first row that is held back; Infinity if there is none. */
  oldestRow(): number;
  flush(): void;
}

/** So many rows of a series are held back, to sort those that come late. */
export const windowRows = 500;

/**
 * Passes the readings of one series on in the order of time, and each reading once.
 *
 * Readings of one moment keep the order of the file. Cost: O(1) for a row in order; memory for `window` rows.
 *
 * @param window - so many rows are held back
 * @param tooLate - is told of a row that comes too late to be put in its place, and whether `pushOn` was ever called; if it does not throw, the row
 * is passed on as a gap
 */
export function seriesOrder(
  window: number,
  counts: OrderCounts,
  emit: (entry: OrderedReading) => void,
  tooLate: (row: number, time: ReadingTime, wasPushedOn: boolean) => void,
): SeriesOrder {
  /** Those before `first` are passed on, and cleared. */
  let held: (OrderedReading | undefined)[] = [];
  let first = 0;
  let newest: ReadingTime | undefined;
  let last: ReadingTime | undefined;
  /** How many rows were passed on, and how many had come at the last call of `pushOn`. */
  let [emitted, hadCome] = [0, Number.NaN];
  /** The first key at the newest time, and the further ones: mostly there are none. */
  let newestKey: number | string = Number.NaN;
  let moreKeys: Set<number | string> | undefined;
  const isKnown = (key: number | string) => key === newestKey || moreKeys?.has(key) === true;

  const emitFirst = () => {
    const entry = held[first];
    if (entry === undefined) return;
    // Whatever the list holds for long grows old, and only the rare full collection of garbage frees what is old.
    held[first++] = undefined;
    last = entry.time;
    emitted++;
    emit(entry);
    if (first < 4096) return;
    held = held.slice(first);
    first = 0;
  };

  return {
    push(entry) {
      const { time, key } = entry;
      // What has no time stays behind what was before it.
      const order = time === undefined || newest === undefined ? undefined : compareTimes(time, newest);
      if (order !== undefined && order < 0) insert(entry);
      else if (order === 0 && isKnown(key)) held.push(repeat(entry, held.length));
      else {
        if (order === 0) {
          counts.sameTime++;
          moreKeys ??= new Set();
          moreKeys.add(key);
        } else if (time !== undefined) {
          newest = time;
          newestKey = key;
          moreKeys = undefined;
        }
        held.push(time === undefined && newest !== undefined ? { ...entry, time: newest } : entry);
      }
      if (held.length - first > window) emitFirst();
    },
    pushOn() {
      while (emitted < hadCome) emitFirst();
      hadCome = emitted + held.length - first;
    },
    oldestRow: () =>
      held.reduce((oldest, one) => Math.min(oldest, one?.row ?? oldest), Number.POSITIVE_INFINITY),
    flush() {
      while (first < held.length) emitFirst();
    },
  };

  /** A repeated reading has no value of its own. */
  function repeat(entry: OrderedReading, from: number): OrderedReading {
    counts.repeated++;
    if (typeof entry.key === 'string') {
      for (let index = from - 1; index >= first; index--) {
        const other = held[index];
        if (other?.key !== entry.key || Number.isNaN(other.value)) continue;
        if (other.value === entry.value) break;
        counts.replaced++;
        held[index] = { ...other, value: entry.value };
        break;
      }
    }
    const id = typeof entry.key === 'string' ? { id: entry.key } : {};
    return {
      ...entry,
      value: Number.NaN,
      key: Number.NaN,
      isRepeated: true,
      raw: { value: String(entry.value), ...id },
    };
  }

  /** Puts a reading that comes late in its place. */
  function insert(entry: OrderedReading): void {
    const { time } = entry;
    if (time === undefined) return;
    if (last !== undefined && compareTimes(time, last) < 0) {
      tooLate(entry.row, time, !Number.isNaN(hadCome));
      held.push({ ...entry, time: newest, value: Number.NaN, key: Number.NaN });
      return;
    }
    counts.sorted++;
    let place = held.length;
    while (place > first && compareTimes(held[place - 1]?.time ?? time, time) > 0) place--;
    let [isRepeated, isShared] = [false, false];
    for (let index = place - 1; index >= first; index--) {
      const other = held[index];
      if (other?.time === undefined || compareTimes(other.time, time) !== 0) break;
      isShared ||= !Number.isNaN(other.value);
      isRepeated ||= other.key === entry.key && !Number.isNaN(other.value);
    }
    if (isShared && !isRepeated) counts.sameTime++;
    held.splice(place, 0, isRepeated ? repeat(entry, place) : entry);
  }
}
