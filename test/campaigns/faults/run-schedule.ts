import type { Agent } from 'node:http';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import type { DynamoDBRecord, KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { type Environment, environmentOfDetector } from '../../../lambda/settings.ts';
import { deploymentLimits } from '../../../lib/deployment-limits.ts';
import type { Backend } from '../../../local/backend.ts';
import { kinesisSource } from '../../../local/event-source-mapping/kinesis-source.ts';
import { startMapping } from '../../../local/event-source-mapping/mapping.ts';
import type { Call } from './call.ts';
import { functionsUnderFaults } from './functions-under-faults.ts';
import type { Invocation, Surface } from './instances.ts';
import { PassingTime } from './passing-time.ts';
import { type Producer, startProducer } from './producer.ts';
import { type ReleasedSource, releasedSource } from './released-source.ts';
import type { ExtraBatch, Fault, FaultKind, Schedule } from './schedule.ts';
import { changePointItems } from './what-is-stored.ts';

/** What a run left behind, for the verdict. */
export interface Aftermath {
  readonly producer: Producer;
  readonly bucketName: string;
  /** Series in which something was pending although everything had been swept. */
  readonly notSwept: readonly string[];
  /** Every event as the stream of the table brought it. */
  readonly arrived: readonly { readonly seriesId: string; readonly eventKey: string }[];
  readonly log: readonly Call[];
  readonly recordings: readonly Invocation<KinesisStreamEvent, KinesisStreamBatchResponse>[];
  /** Records of the stream that the recorder's mapping gave up. */
  readonly discarded: number;
  readonly faults: readonly (readonly [FaultKind, number])[];
  readonly instances: number;
}

/** Runs a schedule to its end: everything is put, recorded, tested and swept, with the faults while they last. */
export async function runSchedule(
  schedule: Schedule,
  { backend, agent, run }: { readonly backend: Backend; readonly agent: Agent; readonly run: string },
): Promise<Aftermath> {
  const bucketName = `quarantine-${run}`;
  await backend.clients.s3.send(new CreateBucketCommand({ Bucket: bucketName }));
  const producer = await startProducer(backend.clients.kinesis, schedule, run);
  const time = new PassingTime();
  const log: Call[] = [];
  const surface: Surface = {
    backend,
    agent,
    time,
    log,
    environment: environmentOf(schedule, backend, bucketName),
  };
  const { recorders, detectors, sweepers, plans } = functionsUnderFaults(schedule, surface);
  const source = releasedSource(backend.tableStream, schedule.eager);
  const given: (readonly DynamoDBRecord[])[] = [];
  const notSwept: string[] = [];
  const recording = startMapping({
    source: kinesisSource(backend.clients.kinesis, producer.streamName, producer.streamArn),
    functionName: 'recorder',
    handler: recorders.invoke,
    limits: limitsOf(deploymentLimits.recorder, schedule.recorderBatchSize, schedule.recorderParallelization),
    onFailure: async () => {},
    wait: async () => {},
  });
  const detecting = startMapping<DynamoDBRecord & { readonly dynamodb: object }>({
    source,
    functionName: 'detector',
    handler: detectors.invoke,
    limits: limitsOf(
      deploymentLimits.detector,
      schedule.detectorBatchSize,
      schedule.detectorParallelization,
      schedule.detectorRetries,
    ),
    onFailure: async ({ records }) => {
      given.push(records.map(({ event }) => event as DynamoDBRecord));
    },
    wait: async () => {},
  });

  try {
    for (const step of schedule.steps) {
      if (step.kind === 'put') for (const record of step.records) await producer.put(record);
      else if (step.kind === 'split') await producer.split(step.shard);
      else if (step.kind === 'detect') await detect(step.extras, step.sweep);
      else await abandon(step.extras, step.fault);
    }
    await producer.putRest();
    await detect([], false);
    await sweepAll();
    // What a mapping gives up is brought to the function again, once what failed has been mended.
    for (const Records of given) await untilDone(() => detectAll([...Records]));
  } finally {
    await Promise.allSettled([recording.stop(), detecting.stop()]);
    await Promise.all([recorders, detectors, sweepers].map((instances) => instances.close()));
    await producer.close();
  }
  return {
    producer,
    bucketName,
    notSwept,
    arrived: source.records.map(({ dynamodb: { Keys } }) => ({
      seriesId: Keys?.seriesId?.S ?? '',
      eventKey: Keys?.eventKey?.S ?? '',
    })),
    log,
    recordings: recorders.invocations,
    discarded: recording.progress.discarded,
    faults: Object.values(plans).flatMap((plan) => [...plan.happened]),
    instances: recorders.count + detectors.count + sweepers.count,
  };

  /** Brings what is recorded to detectors whose failures nobody repeats, and then leaves it to a sweep. */
  async function abandon(extras: readonly ExtraBatch[], fault: Fault): Promise<void> {
    await recording.doneWith(producer.records);
    plans.detector.add(fault);
    const { records } = source;
    await Promise.allSettled(extras.map((extra) => detectors.invoke({ Records: batchOf(extra, records) })));
    await sweepAll();
  }

  /** Sweeps, when the claims of the dead have run out, until a sweep succeeds; after that nothing may be pending. */
  async function sweepAll(): Promise<void> {
    // Detectors that are still at it may decide something meanwhile.
    await detecting.doneWith(source.released);
    await detectors.quiet();
    await untilDone(() => {
      time.pass(processingLimits.claimMs);
      return sweepers.invoke(undefined);
    });
    for (const { seriesId } of producer.produced) {
      const { head } = await changePointItems(backend, seriesId);
      if (head?.pending !== undefined) notSwept.push(seriesId);
    }
  }

  /** @throws if some of it failed */
  async function detectAll(Records: DynamoDBRecord[]): Promise<void> {
    const { batchItemFailures } = await detectors.invoke({ Records });
    if (batchItemFailures.length > 0) throw new Error('some of it failed');
  }

  /** Brings all that is recorded to detectors: to the mapping's, and at the same time to more of them and to a sweeper. */
  async function detect(extras: readonly ExtraBatch[], sweep: boolean): Promise<void> {
    await recording.doneWith(producer.records);
    const { records } = source;
    // The mapping brings all that they bring, so they may fail.
    const others = Promise.allSettled([
      ...extras.map((extra) => detectors.invoke({ Records: batchOf(extra, records) })),
      ...(sweep ? [sweepers.invoke(undefined)] : []),
    ]);
    await detecting.doneWith(source.release());
    await others;
  }
}

/** Repeats what may still meet a fault; every fault ends. */
async function untilDone(invoke: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await invoke();
      return;
    } catch {}
  }
}

function batchOf(
  { from, share, reversed }: ExtraBatch,
  records: ReleasedSource['records'],
): DynamoDBRecord[] {
  const start = Math.floor(from * records.length);
  const batch = records.slice(start, start + Math.ceil(share * (records.length - start)));
  return reversed ? batch.toReversed() : [...batch];
}

function limitsOf(
  deployed: typeof deploymentLimits.recorder | typeof deploymentLimits.detector,
  batchSize: number,
  parallelizationFactor: number,
  retryAttempts: number = deployed.mapping.retryAttempts,
): Parameters<typeof startMapping>[0]['limits'] {
  return { ...deployed, mapping: { ...deployed.mapping, batchSize, parallelizationFactor, retryAttempts } };
}

function environmentOf({ options }: Schedule, backend: Backend, bucketName: string): Environment {
  return {
    ...backend.environment,
    QUARANTINE_BUCKET: bucketName,
    ...environmentOfDetector(options),
  };
}
