import type { Command } from 'commander';
import { duration, timestamp } from '../arguments.ts';
import { FailedError, UsageError } from '../context.ts';
import type { ReadingPlan } from '../input/reading-plan.ts';
import type { ReadingTime } from '../input/reading-time.ts';
import type { OrderedReading } from '../input/series-order.ts';

/** The flags that give times to readings, as commander has them. */
export interface TimeFlags {
  /** Epoch milliseconds. */
  readonly start?: number;
  /** Seconds. */
  readonly every?: number;
}

/** Times for readings that have none. */
export interface GivenTimes {
  /** Epoch milliseconds of the first reading of each series. */
  readonly start: number;
  readonly intervalSeconds: number;
}

export function addTimeFlags(command: Command): Command {
  return command
    .option(
      '--start <time>',
      'time of the first reading of each series, if readings have no times',
      timestamp,
    )
    .option('--every <time>', 'time from one such reading to the next, such as 10s', duration);
}

/** @throws UsageError if only one of the two is given */
export function givenTimes({ start, every }: TimeFlags): GivenTimes | undefined {
  if (start === undefined && every === undefined) return undefined;
  if (start !== undefined && every !== undefined) return { start, intervalSeconds: every };
  throw new UsageError('--start and --every give times together; give both');
}

export type TimedReading = OrderedReading & { readonly time: ReadingTime };

/** Sees to it that readings have times. */
export interface TimeGiver {
  /** @param reading - of a row with a time, unless times are given */
  timed(series: string, reading: OrderedReading): TimedReading;
  /** Counts a row of a series that has no reading: those after it keep their times. */
  pass(series: string): void;
}

/**
 * Gives times by the numbers of the readings in their series, or leaves them those of the file.
 *
 * @throws FailedError if there are neither or both
 */
export function timeGiver({ time }: Pick<ReadingPlan, 'time'>, given: GivenTimes | undefined): TimeGiver {
  const isDated = time?.isCalendar === true;
  if (isDated && given !== undefined)
    throw new FailedError('--start and --every are for readings without times, and these have times');
  if (!isDated && given === undefined) {
    const what = time === undefined ? 'there are no times' : 'the times are numbers but no dates';
    throw new FailedError(
      `${what}, and a service needs dates; name their column with --time-column, or give times with --start 2026-01-31T12:00:00Z --every 10s`,
    );
  }
  const numbers = new Map<string, number>();
  const numberOf = (series: string) => {
    const number = numbers.get(series) ?? 0;
    numbers.set(series, number + 1);
    return number;
  };
  return {
    timed(series, reading) {
      const own = given === undefined ? reading.time : timeOf(numberOf(series), given);
      if (own === undefined) throw new Error(`row ${reading.row} must have a time`);
      return { ...reading, time: own };
    },
    pass(series) {
      if (given !== undefined) numberOf(series);
    },
  };
}

function timeOf(number: number, { start, intervalSeconds }: GivenTimes): ReadingTime {
  return { ms: Math.round(start + number * intervalSeconds * 1000), ns: 0, isCalendar: true };
}
