import { aggregateRecords } from '../../lambda/record/aggregated-record.ts';
import { putLimits } from './put-limits.ts';
import { entryBytes, type StreamEntry } from './stream-entry.ts';

/** A record for a stream, and the number of its events. */
export interface CountedEntry {
  readonly entry: StreamEntry;
  readonly events: number;
}

/**
 * The same events in fewer records, aggregated as the Kinesis Producer Library does.
 *
 * Only records of one partition key are joined, so that each series stays in its shard and in its order. The order between series
 * may change. Aggregation helps if a few series have many events. At most `putLimits.aggregateEvents` are held at a time.
 */
export function* aggregate(entries: Iterable<StreamEntry>): Generator<CountedEntry> {
  let open = new Map<string, { readonly entries: StreamEntry[]; bytes: number }>();
  let held = 0;
  for (const entry of entries) {
    const { PartitionKey } = entry;
    const bytes = entryBytes(entry);
    const group = open.get(PartitionKey);
    if (group !== undefined && group.bytes + bytes <= putLimits.aggregateBytes) {
      group.entries.push(entry);
      group.bytes += bytes;
    } else {
      if (group !== undefined) yield join(group.entries);
      open.set(PartitionKey, { entries: [entry], bytes });
    }
    if (++held < putLimits.aggregateEvents) continue;
    for (const { entries } of open.values()) yield join(entries);
    open = new Map();
    held = 0;
  }
  for (const { entries } of open.values()) yield join(entries);
}

/** A single event stays as it is. */
function join(entries: readonly StreamEntry[]): CountedEntry {
  const [first, ...others] = entries as readonly [StreamEntry, ...StreamEntry[]];
  if (others.length === 0) return { entry: first, events: 1 };
  const Data = aggregateRecords(
    entries.map(({ PartitionKey, Data }) => ({ partitionKey: PartitionKey, data: Data })),
  );
  return { entry: { PartitionKey: first.PartitionKey, Data }, events: entries.length };
}
