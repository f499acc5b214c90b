import { plain } from '../../lambda/figures.ts';
import { FailedError } from '../context.ts';
import type { BadRow, LeftOut } from './left-out.ts';
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

/** What is wrong stays so, whatever further rows have. */
export class FinalError extends FailedError {}

/** Receives the readings, those of each series in the order of time. */
export interface ReadingSink {
  /** So many rows of a series are held back, to sort those that come late. Default: 500. */
  readonly window?: number;
  /**
   * Called before the first reading, once it is known how the file is read.
   *
   * @throws FailedError if it cannot be read so: an input that brings little waits for more rows, and tries again. FinalError if none can help
   */
  begun?(order: ReadingOrder, plan: ReadingPlan): void;
  /** @param series - empty where there is no such column */
  reading(series: string, reading: OrderedReading): void;
  /** A row of the series that has no reading. It counts among the numbers of the readings. */
  gap(series: string, gap: OrderedReading): void;
  /** A row of the series that repeats a reading. It does not count. */
  repeated(series: string, one: OrderedReading): void;
  /** The input brings little, and what could be passed on was. */
  lull?(firstBad: LeftOut['first']): void;
  /** The input brings little, but more rows must come before it can be read. @param why - in a line */
  waiting?(why: string): void;
}

/** Puts the readings of all series in the order of time. */
export interface ReadingOrder {
  /** Whether all rows are sorted before the first is passed on. */
  readonly sortsAll: boolean;
  open(series: string): (entry: OrderedReading) => void;
  /** Passes on what has waited for rows before it, unless all rows are sorted: the input brings little. */
  pushOn(): void;
  /** The number of the first row that is held back. */
  oldestRow(): number | undefined;
  finish(): void;
  notes(): readonly string[];
}

/**
 * Rows are sorted within a window; all of them, if that is asked for or the file stands newest first.
 *
 * @param refuseDates - called before a row is refused as too late: throws if its date is doubtful
 */
export function readingOrder(
  plan: ReadingPlan,
  sort: boolean,
  counts: OrderCounts,
  sink: ReadingSink,
  leaveOut: (reason: BadRow, text: string, row: number) => void,
  refuseDates: () => void,
): ReadingOrder {
  const { time, newestFirst, hint = '' } = plan;
  const orders: SeriesOrder[] = [];
  const all = time !== undefined && (sort || newestFirst) ? sortAll(newestFirst) : undefined;
  const window = time === undefined ? 0 : (sink.window ?? windowRows);
  const tooLate = (row: number, at: ReadingTime, wasPushedOn: boolean) => {
    if (wasPushedOn) return leaveOut('late', timeText(at), row);
    refuseDates();
    const further = hint === '' ? '' : `; ${hint}`;
    throw new FailedError(
      `row ${row} (${timeText(at)}) is earlier than rows of its series that stand more than ${window} rows before it; --sort sorts all rows first${further}`,
    );
  };
  const order: ReadingOrder = {
    sortsAll: all !== undefined,
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
    oldestRow() {
      const oldest = orders.reduce((row, one) => Math.min(row, one.oldestRow()), Number.POSITIVE_INFINITY);
      return Number.isFinite(oldest) ? oldest : undefined;
    },
    finish() {
      for (const { series, entry } of all?.inOrder() ?? []) orders[series]?.push(entry);
      for (const order of orders) order.flush();
    },
    notes: () => [
      ...(newestFirst ? [`rows stand newest first: sorted by time${exceptions(all?.outOfOrder)}`] : []),
      ...(sort && time !== undefined && !newestFirst ? ['all rows sorted by time'] : []),
      ...(counts.sorted === 0
        ? []
        : [`${plain.counted(counts.sorted, 'row')} earlier than the rows before: sorted by time`]),
      ...(counts.repeated === 0
        ? []
        : [
            `${plain.counted(counts.repeated, 'row repeats', 'rows repeat')} the time and value of another one, which counts once (a column eventId tells them apart)`,
          ]),
      ...(counts.replaced === 0
        ? []
        : [`${plain.counted(counts.replaced, 'reading')} replaced by a later one with the same eventId`]),
    ],
  };
  sink.begun?.(order, plan);
  return order;
}

function exceptions(rows = 0): string {
  return rows === 0 ? '' : `; ${plain.counted(rows, 'row')} later than the one before`;
}
