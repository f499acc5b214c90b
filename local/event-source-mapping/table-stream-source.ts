import { setTimeout as delay } from 'node:timers/promises';
import type { TableStream, TableStreamRecord } from '../table-stream.ts';
import type { Source } from './source.ts';

/** Lambda looks for records in a shard of a table's stream four times a second. */
const pollMs = 250;

/** A table's stream, as one shard. For one mapping: what it is done with, the stream forgets. */
export function tableStreamSource(stream: TableStream): Source<TableStreamRecord> {
  return {
    arn: stream.arn,
    batchInfoName: 'DDBStreamBatchInfo',
    async shards() {
      let position: string | undefined;
      return [
        {
          shardId: 'shardId-00000000000000000000-00000000',
          async read(most) {
            const records = stream.read(position, most);
            position = records.at(-1)?.dynamodb.SequenceNumber ?? position;
            return records.map((event) => ({
              sequenceNumber: event.dynamodb.SequenceNumber,
              arrivedAt: (event.dynamodb.ApproximateCreationDateTime ?? 0) * 1000,
              bytes: event.dynamodb.SizeBytes ?? 0,
              event,
              matchable: event,
            }));
          },
          checkpoint: (sequenceNumber) => stream.trim(sequenceNumber),
          waitForMore: (signal) => delay(pollMs, undefined, { signal }).catch(() => {}),
        },
      ];
    },
  };
}
