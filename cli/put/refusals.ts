import { plain } from '../../lambda/figures.ts';
import { readingParser } from '../../lambda/record/parse-reading.ts';
import type { RecordSettings } from '../../lambda/record-settings.ts';
import { eventSettings } from '../../lambda/settings.ts';
import { FailedError } from '../context.ts';
import { describeReasons } from '../describe-reasons.ts';
import { mostUnreadable } from '../input/left-out.ts';
import type { ServiceRecord } from '../produce/service-records.ts';
import { partitionKeyOf } from '../produce/stream-entry.ts';

/** Finds the events that the service would set aside, by its own rules. They are not put. */
export interface Refusals {
  readonly reasons: Readonly<Record<string, number>>;
  readonly count: number;
  /** @param readings - in the record, which is refused whole @throws FailedError for the first one, if one is too many */
  refuses(record: ServiceRecord, row: number, readings: number): boolean;
  /** @throws FailedError if these are too many of all readings */
  check(readings: number): void;
  /** What was left out, in a few words; nothing if nothing was. */
  words(): readonly string[];
}

export interface RefusalOptions {
  /** Epoch milliseconds: now, for the service. Asked for each reading, since an input may go on for days. */
  readonly now: () => number;
  readonly skipBad?: boolean;
  readonly onBad?: 'skip' | 'fail';
  /** How the service finds events in records. Default: by the usual names. */
  readonly records?: RecordSettings;
  /** Told of the first one that is left out. */
  readonly onRefused?: (row: number, detail: string) => void;
}

interface FirstRefused {
  readonly row: number;
  readonly detail: string;
}

export function refusals({ now, skipBad, onBad, records, onRefused }: RefusalOptions): Refusals {
  const mostAheadMs = eventSettings.maxFutureSkewSeconds.default * 1000;
  const parse = readingParser(records);
  const reasons: Record<string, number> = {};
  let count = 0;
  let first: FirstRefused | undefined;
  const whatFirst = () => (first === undefined ? '' : `the first in row ${first.row}: ${first.detail}`);
  return {
    reasons,
    get count() {
      return count;
    },
    refuses(record, row, readings) {
      // With an id, none need be computed.
      const withId = { eventId: 'any', ...record.toJSON() };
      const parsed = parse(withId, now() + mostAheadMs, partitionKeyOf(record));
      if (parsed.ok) return false;
      const { reason, detail } = parsed;
      if (onBad === 'fail')
        throw new FailedError(
          `row ${row}: the service would set it aside: ${detail}; --on-bad skip leaves such rows out`,
        );
      reasons[reason] = (reasons[reason] ?? 0) + readings;
      count += readings;
      if (first === undefined) onRefused?.(row, detail);
      first ??= { row, detail };
      return true;
    },
    check(readings) {
      if (skipBad === true || count <= mostUnreadable * readings) return;
      throw new FailedError(
        `the service would set aside ${count} of ${plain.counted(readings, 'reading')} (${describeReasons(reasons)}), ${whatFirst()}; --skip-bad allows more than ${mostUnreadable * 100} %`,
      );
    },
    words: () =>
      count === 0
        ? []
        : [
            `${plain.counted(count, 'reading')} not put, which the service would set aside (${describeReasons(reasons)}), ${whatFirst()}`,
          ],
  };
}
