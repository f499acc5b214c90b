import type { MappingLimits } from '../../lib/deployment-limits.ts';
import type { Source, SourceRecord } from '../../local/event-source-mapping/source.ts';

export const limits: MappingLimits = {
  batchSize: 100,
  batchWindowSeconds: 0,
  retryAttempts: 2,
  maxRecordAgeSeconds: 60,
  bisectBatchOnError: false,
  parallelizationFactor: 1,
  reportBatchItemFailures: true,
  filters: [],
};

/** A record whose event is a number and whose sequence number is that number with leading zeros. */
export function record(event: number, { arrivedAt = 0, bytes = 1, key = 'one' } = {}): SourceRecord<number> {
  return {
    sequenceNumber: sequenceNumber(event),
    key,
    arrivedAt,
    bytes,
    event,
    matchable: { parity: parity(event) },
  };
}

export const sequenceNumber = (event: number) => String(event).padStart(5, '0');

const parity = (event: number) => (event % 2 === 0 ? 'even' : 'odd');

/** Shards whose records are there from the start; each read again from its last checkpoint by a new mapping. */
export function memorySource(
  ...shards: readonly (readonly SourceRecord<number>[])[]
): Source<number> & { readonly checkpoints: readonly (string | undefined)[] } {
  const checkpoints: (string | undefined)[] = shards.map(() => undefined);
  return {
    arn: 'arn:aws:kinesis:us-east-1:000000000000:stream/memory',
    batchInfoName: 'KinesisBatchInfo',
    checkpoints,
    shards: async () =>
      shards.map((_, index) => ({ shardId: `shard-${index}`, parentIds: [], closed: false })),
    async open(shardId) {
      const index = Number(shardId.slice('shard-'.length));
      const checkpoint = checkpoints[index] ?? '';
      const unread = (shards[index] ?? []).filter((record) => record.sequenceNumber > checkpoint);
      return {
        ended: false,
        read: async (most) => unread.splice(0, most),
        checkpoint: (sequenceNumber) => {
          checkpoints[index] = sequenceNumber;
        },
        waitForMore: aborted,
      };
    },
  };
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
