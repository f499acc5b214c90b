import { dayMs, startOfDay } from '../../../lambda/reading/calendar.ts';
import type { LocalTime } from '../../../lambda/reading/local-time.ts';
import { FailedError } from '../../context.ts';

/** A longer step is a leap. Day and month exchanged, two dates next to each other are 26 days apart or more. */
const leapMs = 20 * dayMs;
/** The other reading is the better one if it has less than this share of the faults. */
const betterBy = 0.1;
/** Fewer leaps may be chance, unless the steps in their place are as long as others. */
const fewestLeaps = 3;

/** Looks for dates of which the day was taken for the month, in constant memory for each series. */
export interface DateWatch {
  /** Opens a series. @returns what takes its times, in the order of the rows */
  open(): (time: LocalTime) => void;
  /** @throws FailedError showing a date and what it seems to have been, and what to do */
  refuse(column: string): void;
}

/**
 * Finds dates that make sense only with day and month exchanged wherever the day is at most 12: a program that expects the other order takes
 * the day for the month where it can, and leaves the other dates as they are.
 *
 * The rows then leap by months at each midnight, back too, and run on if they are exchanged again. Of dates that are right an exchange makes
 * such leaps, unless no two days that follow each other are at most 12.
 */
export function watchDates(): DateWatch {
  const all: Watched[] = [];
  return {
    open() {
      const watched = new Watched();
      all.push(watched);
      return (time) => watched.add(time);
    },
    refuse(column) {
      const sum = (count: (one: Watched) => number) => all.reduce((total, one) => total + count(one), 0);
      const [mended, torn] = [sum((one) => one.mended), sum((one) => one.torn)];
      const [late, lateExchanged] = [sum((one) => one.plain.late), sum((one) => one.exchanged.late)];
      const isChance = mended < fewestLeaps && all.some((one) => one.longestMended > 2 * one.longestOther);
      const example = all.find((one) => one.example !== undefined)?.example;
      if (example === undefined || isChance || torn >= betterBy * mended || lateExchanged >= betterBy * late)
        return;
      const [is, was] = [example, example + exchange(example)].map((ms) => new Date(ms).toISOString());
      throw new FailedError(
        `the times of column '${column}' leap to and fro, and run on only if day and month are exchanged wherever the day is at most 12, such as ${was?.slice(0, 10)} for ${is?.slice(0, 10)}: a program seems to have taken the one for the other; write them anew from where they come from, or give their form with --time-format if they are right`,
      );
    },
  };
}

/** The times of a series as they are, and with day and month exchanged. Rows of one day that follow each other count as one. */
class Watched {
  readonly plain = new Days();
  readonly exchanged = new Days();
  /** Leaps that are none with the dates exchanged. */
  mended = 0;
  /** Leaps that come with the exchange. */
  torn = 0;
  /** Longest step that was a leap, and longest of those that leap in neither way, in milliseconds. */
  longestMended = 0;
  longestOther = 0;
  /** A date beside a leap that the exchange mends, in local milliseconds. */
  example: number | undefined;
  #day = Number.NaN;
  #shift = 0;
  #last: number | undefined;
  #newestExchanged: number | undefined;

  add({ ms }: LocalTime): void {
    const last = this.#last ?? ms;
    this.#last = ms;
    const day = Math.floor(ms / dayMs);
    if (day === this.#day) {
      this.longestOther = Math.max(this.longestOther, Math.abs(ms - last));
      return;
    }
    const shift = exchange(day * dayMs);
    const isFirst = Number.isNaN(this.#day);
    const step = Math.abs(ms - last);
    const other = isFirst ? 0 : Math.abs(ms + shift - last - this.#shift);
    this.#day = day;
    this.#shift = shift;
    this.plain.add(ms);
    this.exchanged.add(ms + shift);
    if (shift !== 0) this.#newestExchanged = ms;
    if (step <= leapMs && other <= leapMs) this.longestOther = Math.max(this.longestOther, other);
    else if (step <= leapMs) this.torn++;
    else if (other <= leapMs) {
      this.mended++;
      this.longestMended = Math.max(this.longestMended, other);
      this.example ??= this.#newestExchanged;
    }
  }
}

/** The days of a series one after another. */
class Days {
  #latest = Number.NEGATIVE_INFINITY;
  #earliest = Number.POSITIVE_INFINITY;
  #onward = 0;
  #backward = 0;

  /** @param first - the first time of the day */
  add(first: number): void {
    if (first < this.#latest) this.#onward++;
    else this.#latest = first;
    if (first > this.#earliest) this.#backward++;
    else this.#earliest = first;
  }

  /** How many have a later one before them, or an earlier one if that makes fewer. */
  get late(): number {
    return Math.min(this.#onward, this.#backward);
  }
}

/** Milliseconds by which the exchange of day and month moves a local time. */
function exchange(ms: number): number {
  const date = new Date(ms);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return day > 12 ? 0 : startOfDay(year, day, month) - startOfDay(year, month, day);
}
