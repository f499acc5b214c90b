import type { Agent } from 'node:http';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import type { DynamoDBRecord } from 'aws-lambda';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { type Environment, environmentOfDetector } from '../../../lambda/settings.ts';
import { deploymentLimits } from '../../../lib/deployment-limits.ts';
import type { Backend } from '../../../local/backend.ts';
import { kinesisSource } from '../../../local/event-source-mapping/kinesis-source.ts';
import { startMapping } from '../../../local/event-source-mapping/mapping.ts';
import { type Aftermath, arrivalIn } from './aftermath.ts';
import type { Call } from './call.ts';
import { functionsUnderFaults } from './functions-under-faults.ts';
import type { Surface } from './instances.ts';
import { probe as probeValues } from './late-series.ts';
import { PassingTime } from './passing-time.ts';
import { type People, peopleBehind } from './people.ts';
import { type Probe, probeOf } from './probe.ts';
import { startProducer } from './producer.ts';
import { releasedSource } from './released-source.ts';
import { batchOf, type ExtraBatch, type Fault, type Schedule } from './schedule.ts';
import { changePointItems } from './what-is-stored.ts';

/** Runs a schedule to its end: all events are put, recorded, tested and swept, under the faults. */
export async function runSchedule(
  schedule: Schedule,
  { backend, agent, run }: { readonly backend: Backend; readonly agent: Agent; readonly run: string },
): Promise<Aftermath> {
  const bucketName = `quarantine-${run}`;
  await backend.clients.s3.send(new CreateBucketCommand({ Bucket: bucketName }));
  const producer = await startProducer(backend.clients.kinesis, schedule, run);
  const time = new PassingTime();
  const log: Call[] = [];
  const topic: Surface['topic'] = {};
  const surface: Surface = {
    backend,
    agent,
    time,
    topic,
    log,
    regimeLimits: schedule.regimeLimits,
    environment: environmentOf(schedule, backend, bucketName),
  };
  const { recorders, detectors, sweepers, digests, plans } = functionsUnderFaults(schedule, surface);
  const isOwn = (seriesId: string) => producer.produced.some((one) => one.seriesId === seriesId);
  const toPeople = peopleBehind({ backend, digests, time, log, isOwn });
  let people: People;
  const source = releasedSource(backend.tableStream, schedule.eager);
  const given: (readonly DynamoDBRecord[])[] = [];
  const notSwept: string[] = [];
  const probes: Probe[] = [];
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
      else if (step.kind === 'topic') topic.down = step.down;
      else if (step.kind === 'detect') await detect(step.extras, step.sweep);
      else await abandon(step.extras, step.fault);
      if (step.kind === 'detect' || step.kind === 'abandon') await toPeople.tell();
    }
    await producer.putRest();
    await detect([], false);
    topic.down = undefined;
    await detectAndPublish();
    await probe();
    people = await toPeople.tellAll();
  } finally {
    await Promise.allSettled([recording.stop(), detecting.stop()]);
    await Promise.all([recorders, detectors, sweepers, digests].map((instances) => instances.close()));
    await producer.close();
  }
  return {
    producer,
    bucketName,
    notSwept,
    arrived: source.records.map(arrivalIn),
    log,
    people,
    recordings: recorders.invocations,
    detections: detectors.invocations,
    discarded: recording.progress.discarded,
    faults: Object.values(plans).flatMap((plan) => [...plan.happened]),
    endedAt: time.clock(),
    instances: recorders.count + detectors.count + sweepers.count + digests.count,
    probes,
  };

  /** Invokes detectors that are not retried when they fail, and then sweeps. */
  async function abandon(extras: readonly ExtraBatch[], fault: Fault): Promise<void> {
    await recording.doneWith(producer.records);
    plans.detector.add(fault);
    const { records } = source;
    await Promise.allSettled(extras.map((extra) => detectors.invoke({ Records: batchOf(extra, records) })));
    await sweepAll();
  }

  /** Lets claims expire, and sweeps until a sweep succeeds. After that nothing may be pending. In an outage it sweeps once. */
  async function sweepAll(): Promise<void> {
    // Detectors that still run may decide a change point meanwhile.
    await detecting.doneWith(source.released);
    await detectors.quiet();
    const sweep = () => {
      time.pass(processingLimits.claimMs);
      return sweepers.invoke(undefined);
    };
    if (topic.down !== undefined) return void (await Promise.allSettled([sweep()]));
    await untilDone(sweep);
    for (const { seriesId } of producer.produced) {
      const { head, found } = await changePointItems(backend, seriesId);
      if ([head, ...found].some((item) => item?.pendingSince !== undefined)) notSwept.push(seriesId);
    }
  }

  /** @throws Error if a record failed */
  async function detectAll(Records: DynamoDBRecord[]): Promise<void> {
    const { batchItemFailures } = await detectors.invoke({ Records });
    if (batchItemFailures.length > 0) throw new Error('a record of the batch failed');
  }

  async function detectAndPublish(): Promise<void> {
    await detect([], false);
    // A person would invoke the function with the batches that the mapping gave up, once the cause is fixed.
    for (const Records of given.splice(0)) await untilDone(() => detectAll([...Records]));
    await sweepAll();
  }

  /** Corrects the newest event of the series with late events, and puts more. What these must show is worked out before. */
  async function probe(): Promise<void> {
    const [late] = producer.produced.filter((one) => one.late && one.values.length > 0);
    if (late === undefined) return;
    await producer.putCorrection();
    await detectAndPublish();
    probes.push(await probeOf(backend, late.seriesId, schedule.options, probeValues));
    await producer.putProbe();
    await detectAndPublish();
  }

  /** Releases all recorded events to the detector's mapping. Further detectors, and a sweeper, run at the same time. */
  async function detect(extras: readonly ExtraBatch[], sweep: boolean): Promise<void> {
    await recording.doneWith(producer.records);
    const { records } = source;
    // They may fail: the mapping passes on the same records.
    const others = Promise.allSettled([
      ...extras.map((extra) => detectors.invoke({ Records: batchOf(extra, records) })),
      ...(sweep ? [sweepers.invoke(undefined)] : []),
    ]);
    await detecting.doneWith(source.release());
    await others;
  }
}

/** Repeats a call until it succeeds. It will, since every fault ends. */
async function untilDone(invoke: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await invoke();
      return;
    } catch {}
  }
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
