import type { DynamoDBBatchResponse, KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import { type Wave, waveClosedBy } from '../../../lambda/tables/wave.ts';
import type { TableStreamRecord } from '../../../local/emulators/table-stream.ts';
import type { Call } from './call.ts';
import type { Invocation } from './instances.ts';
import type { People } from './people.ts';
import type { Probe } from './probe.ts';
import type { Producer } from './producer.ts';
import type { FaultKind } from './schedule.ts';

/** An event whose item was added or changed. */
export interface Arrival {
  readonly seriesId: string;
  readonly eventKey: string;
  /** The wave that its item closes, if it does. The detector is told of it. */
  readonly wave?: Wave;
}

export function arrivalIn(record: TableStreamRecord): Arrival {
  const { seriesId, eventKey } = record.dynamodb.Keys ?? {};
  const wave = waveClosedBy(record);
  return { seriesId: seriesId?.S ?? '', eventKey: eventKey?.S ?? '', ...(wave && { wave }) };
}

/** The state after a run, for the verdict. */
export interface Aftermath {
  readonly producer: Producer;
  readonly bucketName: string;
  /** Series with a pending change point right after a sweep, while the topic was up. */
  readonly notSwept: readonly string[];
  /** Every write of an event that changed its item, in the order of the table's stream. */
  readonly arrived: readonly Arrival[];
  readonly log: readonly Call[];
  readonly recordings: readonly Invocation<KinesisStreamEvent, KinesisStreamBatchResponse>[];
  readonly detections: readonly Invocation<unknown, DynamoDBBatchResponse>[];
  readonly people: People;
  /** Number of records that the recorder's mapping gave up. */
  readonly discarded: number;
  readonly faults: readonly (readonly [FaultKind, number])[];
  readonly instances: number;
  /** In simulated time. */
  readonly endedAt: Date;
  /** Of the series with late events, if there is one. */
  readonly probes: readonly Probe[];
}
