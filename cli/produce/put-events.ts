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
  /**
   * Puts many events of a series into one record, as the Kinesis Producer Library does. Then no call has two records of one series, so
   * that no refused record falls behind the next of its series. Default: one record an event.
   */
  readonly aggregate?: boolean;
}

/**
 * Puts events into a stream, each series in order: the next call waits for the last one.
 *
 * Records that the stream refuses are put again, in their order, before the next call. Records of the same call that the stream
 * took already then precede them in the stream; unless events are aggregated, these may be of the same series. The service treats the
 * refused ones as late events.
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
  const calls = isAggregating ? inCalls(aggregate(entries), true) : inCalls(singly(entries));
  return putCalls(client, streamName, calls, options);
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
  return putCalls(client, streamName, inCalls(singly(entries)), options);
}

async function putCalls(
  client: KinesisClient,
  streamName: string,
  calls: Iterable<readonly CountedEntry[]>,
  { backoff, onPut, signal }: Omit<PutOptions, 'aggregate'>,
): Promise<number> {
  let put = 0;
  for (const call of calls) {
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

/**
 * Groups entries into calls, each as large as a call may be.
 *
 * @param onePerKey - whether each call has at most one entry of a partition key
 */
function* inCalls(entries: Iterable<CountedEntry>, onePerKey = false): Generator<readonly CountedEntry[]> {
  let call: CountedEntry[] = [];
  let keys = new Set<string>();
  let bytes = 0;
  for (const counted of entries) {
    const { PartitionKey } = counted.entry;
    const size = entryBytes(counted.entry);
    const isFull =
      call.length === kinesisLimits.requestRecords ||
      bytes + size > putLimits.callBytes ||
      (onePerKey && keys.has(PartitionKey));
    if (isFull && call.length > 0) {
      yield call;
      call = [];
      keys = new Set();
      bytes = 0;
    }
    call.push(counted);
    keys.add(PartitionKey);
    bytes += size;
  }
  if (call.length > 0) yield call;
}

/** Gives up when the stream has refused all that was left so many times in a row. */
async function putAll(
  client: KinesisClient,
  streamName: string,
  entries: readonly StreamEntry[],
  backoff: Backoff,
): Promise<void> {
  let left = entries;
  let refusals = 0;
  while (refusals < putLimits.putAttempts) {
    if (refusals > 0) await waitBeforeRetry(backoff, refusals - 1);
    const answer = await client.send(new PutRecordsCommand({ StreamName: streamName, Records: [...left] }));
    const refused = left.filter((_, index) => answer.Records?.[index]?.SequenceNumber === undefined);
    if (refused.length === 0) return;
    // A full shard takes some each second: that is slow, but no failure.
    refusals = refused.length < left.length ? 1 : refusals + 1;
    left = refused;
  }
  throw new PutFailedError(`${streamName} refused ${left.length} records ${putLimits.putAttempts} times`);
}
