import { type DetectorHandler, detectorHandler } from '../lambda/detector.ts';
import { type RecorderHandler, recorderHandler } from '../lambda/recorder.ts';
import type { Report } from '../lambda/report.ts';
import type { Environment } from '../lambda/settings.ts';
import { limits as deployedLimits, type FunctionLimits, type MappingLimits } from '../lib/limits.ts';
import { type Backend, startBackend } from './backend.ts';
import { kinesisSource } from './event-source-mapping/kinesis-source.ts';
import { type Mapping, startMapping } from './event-source-mapping/mapping.ts';
import { bucketOnFailure } from './event-source-mapping/on-failure.ts';
import { tableStreamSource } from './event-source-mapping/table-stream-source.ts';
import { names } from './resources.ts';

/** The whole pipeline, running on this machine. */
export interface Pipeline extends Backend {
  /** Stream → recorder. */
  readonly recorder: Mapping;
  /** Stream of the events table → detector. */
  readonly detector: Mapping;
  /** Ends what is under way and frees everything. Rejects with what broke a mapping, if one broke. */
  close(): Promise<void>;
}

export interface PipelineOptions {
  /** Settings of the two functions, by the names of their environment variables; names of resources are set already. */
  readonly environment?: Environment;
  /** Gets what the functions report of each invocation. */
  readonly report: Report;
  /** What to stand on, closed with the pipeline; a backend in this process unless given. */
  readonly backend?: Backend;
  /** How the two functions are invoked; as deployed unless given. */
  readonly limits?: Readonly<Record<'recorder' | 'detector', InvocationLimits>>;
}

export interface InvocationLimits {
  readonly mapping: MappingLimits;
  readonly function: FunctionLimits;
}

/**
 * Starts the backend and maps its streams to the very handlers that are deployed.
 *
 * @throws RangeError if a setting is wrong; nothing is left running then
 */
export async function startPipeline({
  environment = {},
  report,
  limits = deployedLimits,
  ...given
}: PipelineOptions): Promise<Pipeline> {
  const backend = given.backend ?? (await startBackend());
  try {
    const functionEnvironment = { ...backend.environment, ...environment };
    const recorderFunction = recorderHandler(functionEnvironment, report);
    const detectorFunction = detectorHandler(functionEnvironment, report);
    const recorder = mapRecorder(backend, recorderFunction, limits.recorder);
    const detector = mapDetector(backend, detectorFunction, limits.detector);
    return {
      ...backend,
      recorder,
      detector,
      async close() {
        const stopped = await Promise.allSettled([recorder.stop(), detector.stop()]);
        await backend.close();
        for (const result of stopped) if (result.status === 'rejected') throw result.reason;
      },
    };
  } catch (error) {
    await backend.close();
    throw error;
  }
}

function mapRecorder(
  { clients, resources }: Backend,
  handler: RecorderHandler,
  limits: InvocationLimits,
): Mapping {
  const source = kinesisSource(clients.kinesis, names.stream, resources.streamArn);
  return startMapping({
    source,
    functionName: 'recorder',
    handler,
    limits,
    onFailure: bucketOnFailure(clients.s3, names.quarantineBucket, source, 'recorder'),
  });
}

function mapDetector(
  { clients, tableStream }: Backend,
  handler: DetectorHandler,
  limits: InvocationLimits,
): Mapping {
  const source = tableStreamSource(tableStream);
  return startMapping({
    source,
    functionName: 'detector',
    handler,
    limits,
    onFailure: bucketOnFailure(clients.s3, names.quarantineBucket, source, 'detector'),
  });
}
