import { setTimeout as delay } from 'node:timers/promises';
import type { TableStream, TableStreamRecord } from '../emulators/table-stream.ts';
import type { Source, SourceRecord } from './source.ts';

/** Lambda polls a shard of a table's stream four times a second. */
const pollMs = 250;

/** A table's stream, as one shard. It serves one mapping: records that the mapping has done are deleted. */
export function tableStreamSource(stream: TableStream): Source<TableStreamRecord> {
  return {
    arn: stream.arn,
    batchInfoName: 'DDBStreamBatchInfo',
    shards: async () => [{ shardId: 'shardId-00000000000000000000-00000000', parentIds: [], closed: false }],
    async open(_, startingPosition) {
      let position =
        startingPosition === 'LATEST'
          ? stream.read(undefined, Number.POSITIVE_INFINITY).at(-1)?.dynamodb.SequenceNumber
          : undefined;
      return {
        ended: false,
        async read(most) {
          const records = stream.read(position, most);
          position = records.at(-1)?.dynamodb.SequenceNumber ?? position;
          return records.map(toSourceRecord);
        },
        checkpoint: (sequenceNumber) => stream.trim(sequenceNumber),
        waitForMore: (signal) => delay(pollMs, undefined, { signal }).catch(() => {}),
      };
    },
  };
}

function toSourceRecord(event: TableStreamRecord): SourceRecord<TableStreamRecord> {
  const { SequenceNumber, Keys, ApproximateCreationDateTime = 0 } = event.dynamodb;
  return {
    sequenceNumber: SequenceNumber,
    key: JSON.stringify(Keys),
    arrivedAt: ApproximateCreationDateTime * 1000,
    bytes: Buffer.byteLength(JSON.stringify(event)),
    event,
    matchable: event,
  };
}
