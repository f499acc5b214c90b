import { setMaxListeners } from 'node:events';
import type {
  Context,
  KinesisStreamBatchResponse,
  KinesisStreamEvent,
  KinesisStreamRecord,
} from 'aws-lambda';
import { dynamoClient, s3Client } from '../clients.ts';
import { recorderEnvironment } from '../environment/recorder.ts';
import type { FunctionReport } from '../function-report.ts';
import { processingLimits } from '../processing-limits.ts';
import { eventReading } from '../record/event-reading.ts';
import type { Environment } from '../settings.ts';
import { realSurroundings, type Surroundings } from '../surroundings.ts';
import { eventWriter } from '../tables/events-table.ts';
import { bucketQuarantine } from './quarantine.ts';
import { recordBatch, type StreamRecord } from './record-batch.ts';

type InvocationTime = Pick<Context, 'getRemainingTimeInMillis'>;

/** @param context - of the invocation; without one there is no deadline */
export type RecorderHandler = (
  event: KinesisStreamEvent,
  context?: InvocationTime,
) => Promise<KinesisStreamBatchResponse>;

const secondsPerDay = 24 * 3600;
/** For the last wave: some calls of the table, and of the bucket. */
const timeToWriteMs = 1_000;

/**
 * The recorder function: Kinesis records → events table; unreadable records → quarantine.
 *
 * @param environment - as `recorderEnvironment` writes it
 * @throws RangeError naming the variable that is missing or wrong
 */
export function recorderHandler(
  environment: Environment,
  report: FunctionReport,
  surroundings: Surroundings = realSurroundings,
): RecorderHandler {
  const configuration = recorderEnvironment.read(environment);
  const parts = {
    events: eventWriter(
      dynamoClient(environment, surroundings),
      configuration.eventsTable,
      configuration.eventRetentionDays * secondsPerDay,
      surroundings.backoff,
    ),
    quarantine: bucketQuarantine(s3Client(environment, surroundings), configuration.quarantineBucket),
    reading: eventReading(configuration),
    maxFutureSkewMs: configuration.maxFutureSkewSeconds * 1000,
    newId: surroundings.newId,
    waveSize: surroundings.waveSize ?? (() => processingLimits.waveSize),
  };

  return async (event, context) => {
    const records = event.Records.map(toStreamRecord);
    const { failure, ...counts } = await beforeTimeout(context, (signal) =>
      recordBatch(records, parts, signal, isLateIn(context)),
    );
    report({ step: 'recorder', records: records.length, ...counts, ...failure });
    return { batchItemFailures: failure === undefined ? [] : [{ itemIdentifier: failure.sequenceNumber }] };
  };
}

/** A check whether no more records should be read, to leave time for writing what was read. */
function isLateIn(context: InvocationTime | undefined): () => boolean {
  const least = processingLimits.timeToAnswerMs + timeToWriteMs;
  return () => context !== undefined && context.getRemainingTimeInMillis() <= least;
}

/** Runs work with a signal that aborts while there is still time to answer. */
async function beforeTimeout<T>(
  context: InvocationTime | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  // Each call under way listens to it; Node would warn of more than ten listeners.
  setMaxListeners(0, end.signal);
  if (context === undefined) return work(end.signal);
  const timer = setTimeout(
    () => end.abort(),
    context.getRemainingTimeInMillis() - processingLimits.timeToAnswerMs,
  );
  try {
    return await work(end.signal);
  } finally {
    clearTimeout(timer);
  }
}

function toStreamRecord({ eventID, kinesis }: KinesisStreamRecord): StreamRecord {
  return {
    shardId: eventID.slice(0, eventID.indexOf(':')),
    sequenceNumber: kinesis.sequenceNumber,
    partitionKey: kinesis.partitionKey,
    arrivedAt: Math.round(kinesis.approximateArrivalTimestamp * 1000),
    data: Buffer.from(kinesis.data, 'base64'),
  };
}
