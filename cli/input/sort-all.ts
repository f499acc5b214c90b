import type { ReadingTime } from './reading-time.ts';
import type { OrderedReading, RawReading } from './series-order.ts';

/** A reading with the number of its series. */
export interface SortedReading {
  readonly series: number;
  readonly entry: OrderedReading;
}

/** All readings of a file, to be passed on in the order of time. */
export interface TimeSort {
  /** @param series - its number; whole numbers from 0 */
  add(series: number, entry: OrderedReading): void;
  /** Where the newest stand first: how many are later than the one before them. */
  readonly outOfOrder: number;
  /** In the order of time. */
  inOrder(): Generator<SortedReading>;
}

/**
 * Keeps all readings, and passes them on by their time. Memory: 40 bytes a reading, and its id if the file has ids.
 *
 * @param newestFirst - whether readings of one moment, too, stand in the file in reverse
 */
export function sortAll(newestFirst: boolean): TimeSort {
  const [series, ms, ns, values, rows] = [growing(), growing(), growing(), growing(), growing()];
  const ids: (string | undefined)[] = [];
  const raws = new Map<number, RawReading>();
  const newest = new Map<number, ReadingTime>();
  let isCalendar = true;
  let outOfOrder = 0;
  return {
    get outOfOrder() {
      return outOfOrder;
    },
    add(number, { time: own, value, row, key, raw }) {
      // What has no time stays next to what was before it.
      const before = newest.get(number);
      const time = own ?? before ?? { ms: 0, ns: 0, isCalendar };
      if (newestFirst && before !== undefined && before.ms < time.ms) outOfOrder++;
      if (own !== undefined) newest.set(number, own);
      isCalendar = time.isCalendar;
      series.push(number);
      ms.push(time.ms);
      ns.push(time.ns);
      values.push(value);
      rows.push(row);
      if (typeof key === 'string') ids[rows.length - 1] = key;
      if (raw !== undefined) raws.set(rows.length - 1, raw);
    },
    *inOrder() {
      const count = rows.length;
      const order = Uint32Array.from({ length: count }, (_, index) =>
        newestFirst ? count - 1 - index : index,
      );
      const sign = newestFirst ? -1 : 1;
      order.sort((a, b) => ms.at(a) - ms.at(b) || ns.at(a) - ns.at(b) || (a - b) * sign);
      for (const index of order) {
        const value = values.at(index);
        const raw = raws.get(index);
        const entry = {
          time: { ms: ms.at(index), ns: ns.at(index), isCalendar },
          value,
          row: rows.at(index),
          key: ids[index] ?? value,
          ...(raw !== undefined && { raw }),
        };
        yield { series: series.at(index), entry };
      }
    },
  };
}

/** Numbers in one typed array, which doubles when it is full. */
function growing() {
  let numbers = new Float64Array(1024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(value: number) {
      if (length === numbers.length) {
        const larger = new Float64Array(2 * length);
        larger.set(numbers);
        numbers = larger;
      }
      numbers[length++] = value;
    },
    at: (index: number): number => numbers[index] ?? Number.NaN,
  };
}
