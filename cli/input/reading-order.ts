import { plain } from '../../lambda/figures.ts';
import { FailedError } from '../context.ts';
import type { BadRow } from './left-out.ts';
import type { ReadingPlan } from './reading-plan.ts';
import { type ReadingTime, timeText } from './reading-time.ts';
import {
  type OrderCounts,
  type OrderedReading,
  type SeriesOrder,
  seriesOrder,
  windowRows,
} from './series-order.ts';
import { sortAll } from './sort-all.ts';

/** Receives the readings, those of each series in the order of time. */
export interface ReadingSink {
  /** @param series - empty where there is no such column */
  reading(series: string, reading: OrderedReading): void;
  /** A row of the series that has no reading. It counts among the numbers of the readings. */
  gap(series: string, gap: OrderedReading): void;
  /** A row of the series that repeats a reading. It does not count. */
  repeated(series: string, one: OrderedReading): void;
  /** The input brings little, and what could be passed on was. */
  lull?(): void;
  /** The input brings little, but more rows must come before it can be read. @param why - in a line */
  waiting?(why: string): void;
}

/** Puts the readings of all series in the order of time. */
export interface ReadingOrder {
  open(series: string): (entry: OrderedReading) => void;
  /** Passes on what has waited for rows before it, unless all rows are sorted: the input brings little. */
  pushOn(): void;
  finish(): void;
  notes(): readonly string[];
}

/** Rows are sorted within a window; all of them, if that is asked for or the file stands newest first. */
export function readingOrder(
  { time, newestFirst, hint = '' }: ReadingPlan,
  sort: boolean,
  counts: OrderCounts,
  sink: ReadingSink,
  leaveOut: (reason: BadRow, text: string, row: number) => void,
): ReadingOrder {
  const orders: SeriesOrder[] = [];
  const all = time !== undefined && (sort || newestFirst) ? sortAll(newestFirst) : undefined;
  const window = time === undefined ? 0 : windowRows;
  const tooLate = (row: number, at: ReadingTime, wasPushedOn: boolean) => {
    if (wasPushedOn) return leaveOut('late', timeText(at), row);
    const further = hint === '' ? '' : `; ${hint}`;
    throw new FailedError(
      `row ${row} (${timeText(at)}) is earlier than rows of its series that stand more than ${windowRows} rows before it; --sort sorts all rows first${further}`,
    );
  };
  return {
    open(series) {
      const emit = (one: OrderedReading) => {
        if (!Number.isNaN(one.value)) sink.reading(series, one);
        else if (one.isRepeated === true) sink.repeated(series, one);
        else sink.gap(series, one);
      };
      const number = orders.length;
      const order = seriesOrder(window, counts, emit, tooLate);
      orders.push(order);
      return all === undefined ? order.push : (entry) => all.add(number, entry);
    },
    pushOn() {
      if (all !== undefined) return;
      for (const order of orders) order.pushOn();
    },
    finish() {
      all?.each((series, entry) => orders[series]?.push(entry));
      for (const order of orders) order.flush();
    },
    notes: () => [
      ...(newestFirst ? ['rows stand newest first: sorted by time'] : []),
      ...(sort && time !== undefined && !newestFirst ? ['all rows sorted by time'] : []),
      ...(counts.sorted === 0
        ? []
        : [`${plain.counted(counts.sorted, 'row')} earlier than the rows before: sorted by time`]),
      ...(counts.repeated === 0
        ? []
        : [
            `${plain.counted(counts.repeated, 'row repeats', 'rows repeat')} the time and value of another one and count once (a column eventId tells them apart)`,
          ]),
      ...(counts.replaced === 0
        ? []
        : [`${plain.counted(counts.replaced, 'reading')} replaced by a later one with the same eventId`]),
    ],
  };
}
