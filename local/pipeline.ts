import { type DetectorHandler, detectorHandler } from '../lambda/detector/detector.ts';
import { digestHandler } from '../lambda/digest/digest.ts';
import type { FunctionReport, ReportEntry } from '../lambda/function-report.ts';
import { sweeperHandler } from '../lambda/notify/sweeper.ts';
import { type RecorderHandler, recorderHandler } from '../lambda/recorder/recorder.ts';
import type { Environment } from '../lambda/settings.ts';
import { deploymentLimits, type FunctionLimits, type MappingLimits } from '../lib/deployment-limits.ts';
import { type Backend, startBackend } from './backend.ts';
import { type Checkpoints, kinesisSource } from './event-source-mapping/kinesis-source.ts';
import { type Mapping, startMapping } from './event-source-mapping/mapping.ts';
import { bucketOnFailure, type OnFailure } from './event-source-mapping/on-failure.ts';
import type { QueueMapping } from './event-source-mapping/queue-mapping.ts';
import { tableStreamSource } from './event-source-mapping/table-stream-source.ts';
import { closedOnFailure } from './guard/closed-on-failure.ts';
import { checkpointsIn, savedUntil } from './kept/checkpoints.ts';
import { resumeDetection } from './kept/resume-detection.ts';
import { resumePublishing } from './kept/resume-publishing.ts';
import { startLambdaEndpoint } from './lambda-endpoint.ts';
import { type Listeners, listeners } from './listeners.ts';
import { mapDigest } from './map-digest.ts';
import { newSecret } from './proof.ts';
import { names, portOffsets } from './resources.ts';
import { type Schedule, startSchedule } from './schedule.ts';

/** The whole pipeline, running on this machine. */
export interface Pipeline extends Backend {
  /** Stream → recorder. */
  readonly recorder: Mapping;
  /** Stream of the events table → detector. */
  readonly detector: Mapping;
  /** Pending change points → topic. */
  readonly sweeper: Schedule;
  /** Change points → topic → queue → digest → topic of people. */
  readonly digest: QueueMapping;
  /** Where the recorder and the detector can be invoked, as `names` calls them. */
  readonly lambdaEndpoint: string;
  /** By which that endpoint proves that it is of this pipeline. */
  readonly secret: string;
  /** Adds a listener to the functions' reports. @returns a function that removes it */
  onReport: Listeners<ReportEntry>['add'];
  /** Finishes what is under way and frees everything. Rejects with a mapping's failure, if one has failed. */
  close(): Promise<void>;
}

export interface PipelineOptions {
  /** Settings of the functions, by environment variable. The names of resources are already set. */
  readonly environment?: Environment;
  /** Gets what the functions report of each invocation. */
  readonly report: FunctionReport;
  /** The backend, closed with the pipeline. Default: one in this process. If it is given, `folder` and `port` are its own. */
  readonly backend?: Backend;
  /** How the recorder and the detector are invoked. Default: as deployed. */
  readonly limits?: Readonly<Record<'recorder' | 'detector', InvocationLimits>>;
  /** Seconds in which change points come together for one message to people. Default: as deployed. */
  readonly digestSeconds?: number;
  /** The folder that keeps everything. The next pipeline continues where this one ends, even after a crash. */
  readonly folder?: string;
  /** Ends the start. @see startPipeline */
  readonly signal?: AbortSignal;
  /** The first port of the emulators, see `portOffsets`. */
  readonly firstPort?: number;
}

export interface InvocationLimits {
  readonly mapping: MappingLimits;
  readonly function: FunctionLimits;
}

/**
 * Starts the backend and maps its streams to the very handlers that are deployed, with the sweeper on its schedule.
 *
 * @throws RangeError if a setting is wrong; the signal's reason if it aborts; nothing is left running then
 */
export async function startPipeline({
  environment = {},
  report,
  limits = deploymentLimits,
  digestSeconds = deploymentLimits.digest.windowSeconds,
  signal,
  ...given
}: PipelineOptions): Promise<Pipeline> {
  const backend = given.backend ?? (await startBackend({ ...given, digestSeconds }));
  /** What ends those that work on records. */
  const stops: (() => Promise<void>)[] = [];
  let digest: QueueMapping | undefined;
  const close = async () => {
    const stopped = await Promise.allSettled(stops.map((stop) => stop()));
    // After the others: it tells people of what these have found.
    const digested = await Promise.allSettled([digest?.stop()]);
    const closed = await Promise.allSettled([backend.close()]);
    for (const result of [...stopped, ...digested, ...closed])
      if (result.status === 'rejected') throw result.reason;
  };
  return closedOnFailure(close, async () => {
    signal?.throwIfAborted();
    // What is damaged is told before anything runs.
    const checkpoints =
      given.folder === undefined ? undefined : savedUntil(backend.broken, checkpointsIn(given.folder));
    const functionEnvironment = { ...backend.environment, ...environment };
    const reports = listeners<ReportEntry>();
    reports.add(report);
    const recorderFunction = recorderHandler(functionEnvironment, reports.tell);
    const detectorFunction = detectorHandler(functionEnvironment, reports.tell);
    const sweeperFunction = sweeperHandler(functionEnvironment, reports.tell);
    const digestFunction = digestHandler(functionEnvironment, reports.tell);
    const sweepFailed = (error: unknown) => reports.tell({ step: 'sweeper', error });
    if (given.folder !== undefined) {
      await resumeDetection(backend.clients, detectorFunction, reports.tell, signal);
      await resumePublishing(backend.clients, sweeperFunction).catch(sweepFailed);
    }
    const functions = {
      [names.recorderFunction]: { handler: recorderFunction, ...limits.recorder.function },
      [names.detectorFunction]: { handler: detectorFunction, ...limits.detector.function },
    };
    const secret = newSecret();
    const lambdaPort = given.firstPort === undefined ? undefined : given.firstPort + portOffsets.lambda;
    const endpoint = await startLambdaEndpoint(functions, secret, lambdaPort);
    stops.push(endpoint.close);
    const recorder = mapRecorder(backend, recorderFunction, limits.recorder, reports.tell, checkpoints);
    stops.push(recorder.stop);
    const detector = mapDetector(backend, detectorFunction, limits.detector, reports.tell);
    stops.push(detector.stop);
    digest = mapDigest(backend, digestFunction, digestSeconds, reports.tell);
    const { everyMinutes } = deploymentLimits.sweeper;
    const sweeper = startSchedule(sweeperFunction, everyMinutes, sweepFailed);
    stops.push(sweeper.stop);
    return {
      ...backend,
      environment: functionEnvironment,
      recorder,
      detector,
      sweeper,
      digest,
      lambdaEndpoint: endpoint.endpoint,
      secret,
      onReport: reports.add,
      close,
    };
  });
}

function mapRecorder(
  { clients, resources }: Backend,
  handler: RecorderHandler,
  limits: InvocationLimits,
  report: FunctionReport,
  checkpoints: Checkpoints | undefined,
): Mapping {
  const source = kinesisSource(clients.kinesis, names.stream, resources.streamArn, checkpoints);
  return startMapping({
    source,
    functionName: names.recorderFunction,
    handler,
    limits: atAnyAge(limits),
    onFailure: told(
      'recorder',
      bucketOnFailure(clients.s3, names.quarantineBucket, source, names.recorderFunction),
      report,
    ),
  });
}

function mapDetector(
  { clients, tableStream }: Backend,
  handler: DetectorHandler,
  limits: InvocationLimits,
  report: FunctionReport,
): Mapping {
  const source = tableStreamSource(tableStream);
  return startMapping({
    source,
    functionName: names.detectorFunction,
    handler,
    limits: atAnyAge(limits),
    onFailure: told(
      'detector',
      bucketOnFailure(clients.s3, names.quarantineBucket, source, names.detectorFunction),
      report,
    ),
  });
}

/**
 * Records may be old only because their folder was unused, the machine slept, or its clock was set: here it dates them and judges them. So
 * they never expire.
 */
function atAnyAge(limits: InvocationLimits): InvocationLimits {
  return { ...limits, mapping: { ...limits.mapping, maxRecordAgeSeconds: -1 } };
}

/** On AWS an alarm tells that Lambda gave up on records. Here a report does. */
function told(step: ReportEntry['step'], onFailure: OnFailure, report: FunctionReport): OnFailure {
  return async (discarded) => {
    await onFailure(discarded);
    report({ step, givenUp: discarded.records.length, condition: discarded.condition });
  };
}
