import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { realBackoff } from '../../lambda/backoff.ts';
import { isoInstant } from '../../lambda/reading/instant.ts';
import type { CliContext } from '../context.ts';
import { countBar } from '../progress.ts';
import { inJsonRecords, type JsonRecord, type TimedRecord } from './json-records.ts';
import { whenDue } from './pace.ts';
import { putEvents } from './put-events.ts';
import type { RecordWriter } from './service-records.ts';
import type { GeneratedEvent } from './traffic.ts';

/** The result of producing. */
export interface Produced {
  readonly events: number;
  readonly records?: number;
  /** How many of each series were put into a stream: its first ones. */
  readonly eventsOf?: ReadonlyMap<string, number>;
  /** The stream or the file. */
  readonly target: string;
  readonly seconds: number;
}

export interface SendOptions extends Pick<CliContext, 'error' | 'signal'> {
  readonly client: KinesisClient;
  readonly stream: string;
  /** Writes what the service behind the stream reads. */
  readonly records: RecordWriter;
  readonly total: number;
  /** Puts all events at once, instead of each event at its time, or with the last of its record. */
  readonly fast: boolean;
  /** Events of a series in one record, at most. */
  readonly aggregate: number;
}

/** Puts events into a stream, with a progress bar. If the signal aborts, it ends early and returns what was put until then. */
export async function sendEvents(events: Iterable<GeneratedEvent>, options: SendOptions): Promise<Produced> {
  const { client, stream, records: writer, total, fast, aggregate, signal } = options;
  const startedAt = performance.now();
  const bar = countBar(options.error, 'put', total);
  let put = 0;
  let records = 0;
  const eventsOf = new Map<string, number>();
  const putAll = async (group: Iterable<JsonRecord>) => {
    const taken: JsonRecord[] = [];
    records += await putEvents(client, stream, noting(group, taken), {
      backoff: realBackoff,
      signal,
      onPut(count) {
        for (const { seriesId, events } of taken.splice(0, count)) {
          put += events;
          eventsOf.set(seriesId, (eventsOf.get(seriesId) ?? 0) + events);
        }
        bar.update(put);
      },
    });
  };
  // Before they wait for their time: what is due at one moment is too little to share a record.
  const joined = inJsonRecords(written(events, writer), aggregate);
  try {
    if (fast) await putAll(joined);
    else for await (const due of whenDue(joined, signal)) await putAll(due);
  } finally {
    bar.stop();
  }
  return { events: put, records, eventsOf, target: stream, seconds: (performance.now() - startedAt) / 1000 };
}

function* written(events: Iterable<GeneratedEvent>, writer: RecordWriter): Generator<TimedRecord> {
  for (const { seriesId, timestamp, value } of events)
    yield {
      ...writer.write({ seriesId, timestamp: isoInstant({ ms: timestamp, ns: 0 }), value }),
      timestamp,
    };
}

/** Notes each record as it is taken. */
function* noting(records: Iterable<JsonRecord>, taken: JsonRecord[]): Generator<JsonRecord> {
  for (const record of records) {
    taken.push(record);
    yield record;
  }
}
