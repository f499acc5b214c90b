import { zonedTime } from '../../../lambda/reading/zoned-time.ts';

/** Checks that the rows of each series are in the order of time. */
export interface TimeOrder {
  next(series: string, time: string | undefined, row: number): void;
  /** The first row that is earlier than the one before it in its series. */
  readonly firstEarlierRow: number | undefined;
}

export function timeOrder(): TimeOrder {
  const last = new Map<string, string>();
  let firstEarlierRow: number | undefined;
  return {
    next(series, time, row) {
      if (time === undefined || firstEarlierRow !== undefined) return;
      const before = last.get(series);
      last.set(series, time);
      // In one format, a later time is a longer or a greater text. So few times need to be parsed.
      const mayBe = before !== undefined && (time.length < before.length || time < before);
      if (mayBe && isEarlier(time, before)) firstEarlierRow = row;
    },
    get firstEarlierRow() {
      return firstEarlierRow;
    },
  };
}

function isEarlier(one: string, other: string): boolean {
  const [a, b] = [timeOf(one), timeOf(other)];
  return a !== undefined && b !== undefined && a < b;
}

/** Epoch milliseconds of a text: ISO 8601 with a zone, or epoch milliseconds. */
export function timeOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  return /^-?\d+$/.test(text) ? Number(text) : zonedTime(text)?.ms;
}
