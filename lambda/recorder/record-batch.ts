import { eventKey } from '../event.ts';
import type { ArrivedRecord } from '../record/arrived-record.ts';
import { type DecodeRules, decodeRecord } from '../record/decode-record.ts';
import type { Reason } from '../record/reasons.ts';
import type { EventWriter } from '../tables/events-table.ts';
import { markOf } from '../wave.ts';
import type { Problem, Quarantine } from './quarantine.ts';
import { UnwrittenEvents } from './unwritten-events.ts';

/** A record of the stream, as the recorder reads it. */
export interface StreamRecord extends ArrivedRecord {
  readonly shardId: string;
}

export interface RecorderParts extends DecodeRules {
  readonly events: EventWriter;
  readonly quarantine: Quarantine;
  /** Makes the id of each wave. */
  readonly newId: () => string;
}

/** The outcome of a batch. */
export interface RecordedBatch {
  /** Events stored, repeats included. */
  readonly recorded: number;
  /** Entries set aside. */
  readonly quarantined: number;
  /** How many entries were set aside for each reason. */
  readonly reasons: Readonly<Partial<Record<Reason, number>>>;
  /** The first record that could not be stored, and why. All records before it are done; none after it is. */
  readonly failure?: { readonly sequenceNumber: string; readonly error: unknown };
}

/**
 * Stores a batch in order, up to the first record that cannot be stored. No call follows that failure.
 *
 * Events wait until the next one does not fit in their write. Before a bad record is set aside, the waiting events are written. So the order
 * holds across the table and the bucket.
 *
 * @param signal - aborts before the invocation runs out of time. The current record then counts as failed, and the records
 * before it are not repeated
 */
export async function recordBatch(
  records: readonly StreamRecord[],
  parts: RecorderParts,
  signal: AbortSignal = new AbortController().signal,
): Promise<RecordedBatch> {
  const unwritten = new UnwrittenEvents();
  let recorded = 0;
  let quarantined = 0;
  const reasons: Partial<Record<Reason, number>> = {};
  let current = '';

  /** Stores the unwritten events. The first one that the table did not process, and all after it, stay unwritten. */
  async function flush(): Promise<void> {
    const { writes } = unwritten;
    if (writes.length === 0) return;
    signal.throwIfAborted();
    const waves = writes.map(({ event }) => {
      const key = eventKey(event);
      return { ...event, wave: markOf({ closing: key, oldest: key, count: 1 }, parts.newId()) };
    });
    const unstored = new Set(await parts.events.write(waves, signal));
    const firstUnstored = waves.findIndex((wave) => unstored.has(wave));
    recorded += unwritten.stored(firstUnstored === -1 ? writes.length : firstUnstored);
    if (firstUnstored !== -1) throw new Error(`${unstored.size} events stayed unprocessed after all retries`);
  }

  async function setAside(record: StreamRecord, problems: readonly Problem[]): Promise<void> {
    await flush();
    signal.throwIfAborted();
    const { shardId, sequenceNumber, partitionKey } = record;
    const arrivedAt = new Date(record.arrivedAt).toISOString();
    const data = Buffer.from(record.data).toString('base64');
    await parts.quarantine.keep({ shardId, sequenceNumber, partitionKey, arrivedAt, data, problems }, signal);
    quarantined += problems.length;
    for (const { reason } of problems) reasons[reason] = (reasons[reason] ?? 0) + 1;
  }

  try {
    for (const record of records) {
      current = record.sequenceNumber;
      const problems: Problem[] = [];
      for (const entry of decodeRecord(record, parts)) {
        if (!entry.ok) {
          const { ok, ...problem } = entry;
          problems.push(problem);
          continue;
        }
        if (unwritten.add(entry.event, current)) continue;
        await flush();
        unwritten.add(entry.event, current);
      }
      if (problems.length > 0) await setAside(record, problems);
    }
    await flush();
    return { recorded, quarantined, reasons };
  } catch (error) {
    const [firstUnwritten] = unwritten.writes;
    const cause = signal.aborted
      ? new Error('the invocation came near its time-out', { cause: error })
      : error;
    const sequenceNumber = firstUnwritten?.sequenceNumber ?? current;
    return { recorded, quarantined, reasons, failure: { sequenceNumber, error: cause } };
  }
}
