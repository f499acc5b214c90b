import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { type Backoff, waitBeforeRetry } from '../../lambda/backoff.ts';
import { kinesisLimits } from '../../lambda/kinesis-limits.ts';
import { aggregate, type CountedEntry } from './aggregate.ts';
import { putLimits } from './put-limits.ts';
import { entryBytes, type PutEvent, type StreamEntry, toStreamEntry } from './stream-entry.ts';

/** The stream refused some records at every attempt. */
export class PutFailedError extends Error {
  override readonly name = 'PutFailedError';
}

export interface PutOptions {
  readonly backoff: Backoff;
  /** Called after each call with the number of events that it put. */
  readonly onPut?: (count: number) => void;
  /** Ends the work between two calls. */
  readonly signal?: AbortSignal;
  /** Puts many events of a series into one record, as the Kinesis Producer Library does. Default: one record an event. */
  readonly aggregate?: boolean;
}

/**
 * Puts events into a stream, each series in order: the next call waits for the last one.
 *
 * Records that the stream refuses are put again, in their order, before the next call. Records of the same call that the stream
 * took already then precede them in the stream. The service treats the refused ones as late events.
 *
 * @returns how many events the stream took
 * @throws RangeError for an event larger than a record may be; PutFailedError if records stay refused after all
 * retries; what the client throws
 */
export async function putEvents(
  client: KinesisClient,
  streamName: string,
  events: Iterable<PutEvent>,
  { aggregate: isAggregating = false, ...options }: PutOptions,
): Promise<number> {
  const entries = streamEntries(events);
  return putCounted(client, streamName, isAggregating ? aggregate(entries) : singly(entries), options);
}

/**
 * Puts records unchanged into a stream, in order.
 *
 * @returns how many records the stream took
 * @throws PutFailedError if records stay refused after all retries; what the client throws
 */
export async function putEntries(
  client: KinesisClient,
  streamName: string,
  entries: Iterable<StreamEntry>,
  options: Omit<PutOptions, 'aggregate'>,
): Promise<number> {
  return putCounted(client, streamName, singly(entries), options);
}

async function putCounted(
  client: KinesisClient,
  streamName: string,
  entries: Iterable<CountedEntry>,
  { backoff, onPut, signal }: Omit<PutOptions, 'aggregate'>,
): Promise<number> {
  let put = 0;
  for (const call of inCalls(entries)) {
    if (signal?.aborted) break;
    await putAll(
      client,
      streamName,
      call.map(({ entry }) => entry),
      backoff,
    );
    const count = call.reduce((sum, { events }) => sum + events, 0);
    put += count;
    onPut?.(count);
  }
  return put;
}

function* streamEntries(events: Iterable<PutEvent>): Generator<StreamEntry> {
  for (const event of events) yield toStreamEntry(event);
}

function* singly(entries: Iterable<StreamEntry>): Generator<CountedEntry> {
  for (const entry of entries) yield { entry, events: 1 };
}

/** Groups entries into calls, each as large as a call may be. */
function* inCalls(entries: Iterable<CountedEntry>): Generator<readonly CountedEntry[]> {
  let call: CountedEntry[] = [];
  let bytes = 0;
  for (const counted of entries) {
    const size = entryBytes(counted.entry);
    const isFull = call.length === kinesisLimits.requestRecords || bytes + size > putLimits.callBytes;
    if (isFull && call.length > 0) {
      yield call;
      call = [];
      bytes = 0;
    }
    call.push(counted);
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
  for (let attempt = 0; attempt < putLimits.putAttempts; attempt++) {
    if (attempt > 0) await waitBeforeRetry(backoff, attempt - 1);
    const answer = await client.send(new PutRecordsCommand({ StreamName: streamName, Records: [...left] }));
    left = left.filter((_, index) => answer.Records?.[index]?.SequenceNumber === undefined);
    if (left.length === 0) return;
  }
  throw new PutFailedError(`${streamName} refused ${left.length} records ${putLimits.putAttempts} times`);
}
