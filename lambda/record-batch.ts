import { decodeRecord } from './decode-record.ts';
import type { Event } from './event.ts';
import type { EventWriter } from './events-table.ts';
import { limits } from './limits.ts';
import type { Reason } from './parse-event.ts';
import type { Problem, Quarantine } from './quarantine.ts';
import type { FieldNames } from './settings.ts';

/** A record of the stream, as the recorder reads it. */
export interface StreamRecord {
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Epoch milliseconds at which the stream took it. */
  readonly arrivedAt: number;
  readonly data: Uint8Array;
}

export interface RecorderParts {
  readonly events: EventWriter;
  readonly quarantine: Quarantine;
  readonly fields: FieldNames;
  readonly maxFutureSkewMs: number;
}

/** What became of a batch. */
export interface RecordedBatch {
  /** Events stored, repeats included. */
  readonly recorded: number;
  /** Entries set aside. */
  readonly quarantined: number;
  /** Of these, how many for each reason. */
  readonly reasons: Readonly<Partial<Record<Reason, number>>>;
  /** The first record that could not be stored, and why; everything before it is done, nothing after it is. */
  readonly failure?: { readonly sequenceNumber: string; readonly error: unknown };
}

/**
 * Records a batch, in order, up to the first record whose store fails.
 *
 * Events wait until a full write of 25 is together; a bad record first flushes what waits, so that the order holds
 * across the two stores as well.
 */
export async function recordBatch(
  records: readonly StreamRecord[],
  parts: RecorderParts,
): Promise<RecordedBatch> {
  const waiting: { readonly event: Event; readonly sequenceNumber: string }[] = [];
  let recorded = 0;
  let quarantined = 0;
  const reasons: Partial<Record<Reason, number>> = {};
  let current = '';

  /** Stores what waits; what stays unstored keeps waiting, its first event at the head. */
  async function flush(): Promise<void> {
    if (waiting.length === 0) return;
    const unstored = new Set(await parts.events.write(waiting.map(({ event }) => event)));
    const firstUnstored = waiting.findIndex(({ event }) => unstored.has(event));
    recorded += waiting.splice(0, firstUnstored === -1 ? waiting.length : firstUnstored).length;
    if (waiting.length > 0) throw new Error(`${unstored.size} events stayed unprocessed after all retries`);
  }

  try {
    for (const record of records) {
      current = record.sequenceNumber;
      const problems: Problem[] = [];
      const rules = { fields: parts.fields, latestTimestamp: record.arrivedAt + parts.maxFutureSkewMs };
      for (const entry of decodeRecord(record.data, rules)) {
        if (!entry.ok) {
          problems.push({ position: entry.position, reason: entry.reason, detail: entry.detail });
          continue;
        }
        waiting.push({ event: entry.event, sequenceNumber: current });
        if (waiting.length === limits.writeBatchItems) await flush();
      }
      if (problems.length === 0) continue;
      await flush();
      await parts.quarantine.keep({
        shardId: record.shardId,
        sequenceNumber: record.sequenceNumber,
        partitionKey: record.partitionKey,
        arrivedAt: new Date(record.arrivedAt).toISOString(),
        data: Buffer.from(record.data).toString('base64'),
        problems,
      });
      quarantined += problems.length;
      for (const { reason } of problems) reasons[reason] = (reasons[reason] ?? 0) + 1;
    }
    await flush();
    return { recorded, quarantined, reasons };
  } catch (error) {
    return {
      recorded,
      quarantined,
      reasons,
      failure: { sequenceNumber: waiting[0]?.sequenceNumber ?? current, error },
    };
  }
}
