import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { type Backoff, waitBeforeRetry } from '../lambda/backoff.ts';
import { limits } from './limits.ts';
import { entryBytes, type PutEvent, type StreamEntry, toStreamEntry } from './stream-entry.ts';

/** The stream took some records and refused others, again and again. */
export class PutFailedError extends Error {
  override readonly name = 'PutFailedError';
}

export interface PutOptions {
  readonly backoff: Backoff;
  /** Called with the number of events that one call brought in. */
  readonly onPut?: (count: number) => void;
  /** Ends the putting between two calls. */
  readonly signal?: AbortSignal;
}

/**
 * Puts events into a stream, one record an event, in order: the next call waits for the last one.
 *
 * Records that the stream refuses are put again, in their order, before the next call. Those that came after them in
 * the same call and were taken then stand before them in the stream: the service takes them as late events.
 *
 * @returns how many events the stream took
 * @throws RangeError for an event larger than a record may be; PutFailedError if records stay refused after all
 * retries; what the client throws
 */
export async function putEvents(
  client: KinesisClient,
  streamName: string,
  events: Iterable<PutEvent>,
  { backoff, onPut, signal }: PutOptions,
): Promise<number> {
  let put = 0;
  for (const entries of inCalls(events)) {
    if (signal?.aborted) break;
    await putAll(client, streamName, entries, backoff);
    put += entries.length;
    onPut?.(entries.length);
  }
  return put;
}

/** The entries of one call after another, each as many as one call takes. */
function* inCalls(events: Iterable<PutEvent>): Generator<readonly StreamEntry[]> {
  let call: StreamEntry[] = [];
  let bytes = 0;
  for (const event of events) {
    const entry = toStreamEntry(event);
    const size = entryBytes(entry);
    if (call.length === limits.putRecords || bytes + size > limits.putBytes) {
      yield call;
      call = [];
      bytes = 0;
    }
    call.push(entry);
    bytes += size;
  }
  if (call.length > 0) yield call;
}

async function putAll(
  client: KinesisClient,
  streamName: string,
  entries: readonly StreamEntry[],
  backoff: Backoff,
): Promise<void> {
  let left = entries;
  for (let attempt = 0; attempt < limits.putAttempts; attempt++) {
    if (attempt > 0) await waitBeforeRetry(backoff, attempt - 1);
    const answer = await client.send(new PutRecordsCommand({ StreamName: streamName, Records: [...left] }));
    left = left.filter((_, index) => answer.Records?.[index]?.SequenceNumber === undefined);
    if (left.length === 0) return;
  }
  throw new PutFailedError(`${streamName} refused ${left.length} records ${limits.putAttempts} times`);
}
