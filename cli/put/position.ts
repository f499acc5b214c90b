import { isoInstant } from '../../lambda/reading/instant.ts';

/** Where a file is to be put from: what comes before is in the stream. */
export interface Position {
  /** A row of the file, from 1. */
  readonly fromRow?: number;
  /** Epoch milliseconds. */
  readonly fromTime?: number;
}

/** Whether a reading lies before it. */
export function isBefore({ fromRow = 0, fromTime }: Position, row: number, ms: number): boolean {
  return row < fromRow || (fromTime !== undefined && ms < fromTime);
}

/** The flag that says it. */
export function flagOfPosition({ fromRow, fromTime }: Position): string {
  return fromTime === undefined
    ? `--from-row ${fromRow}`
    : `--from-time ${isoInstant({ ms: fromTime, ns: 0 })}`;
}
