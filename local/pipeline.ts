import { type DetectorHandler, detectorHandler } from '../lambda/detector.ts';
import { type RecorderHandler, recorderHandler } from '../lambda/recorder.ts';
import type { Report } from '../lambda/report.ts';
import type { Environment } from '../lambda/settings.ts';
import { limits } from '../lib/limits.ts';
import { type Backend, startBackend } from './backend.ts';
import { kinesisSource } from './event-source-mapping/kinesis-source.ts';
import { type Mapping, startMapping } from './event-source-mapping/mapping.ts';
import { bucketOnFailure } from './event-source-mapping/on-failure.ts';
import { tableStreamSource } from './event-source-mapping/table-stream-source.ts';
import { checkpointsIn } from './kept/checkpoints.ts';
import { resumeDetection } from './kept/resume-detection.ts';
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
  /** Where everything is kept; the next pipeline on it goes on where this one ends, however it ends. */
  readonly folder?: string;
  /** Ports of the emulators, from this one on. */
  readonly firstPort?: number;
}

/**
 * Starts the backend and maps its streams to the very handlers that are deployed.
 *
 * @throws RangeError if a setting is wrong; nothing is left running then
 */
export async function startPipeline({
  environment = {},
  report,
  ...kept
}: PipelineOptions): Promise<Pipeline> {
  const backend = await startBackend(kept);
  try {
    const functionEnvironment = { ...backend.environment, ...environment };
    const recorderFunction = recorderHandler(functionEnvironment, report);
    const detectorFunction = detectorHandler(functionEnvironment, report);
    if (kept.folder !== undefined) await resumeDetection(backend.clients, detectorFunction);
    const recorder = mapRecorder(backend, recorderFunction, kept.folder);
    const detector = mapDetector(backend, detectorFunction);
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
  folder: string | undefined,
): Mapping {
  const checkpoints = folder === undefined ? undefined : checkpointsIn(folder);
  const source = kinesisSource(clients.kinesis, names.stream, resources.streamArn, checkpoints);
  return startMapping({
    source,
    functionName: 'recorder',
    handler,
    limits: limits.recorder,
    onFailure: bucketOnFailure(clients.s3, names.quarantineBucket, source, 'recorder'),
  });
}

function mapDetector({ clients, tableStream }: Backend, handler: DetectorHandler): Mapping {
  const source = tableStreamSource(tableStream);
  return startMapping({
    source,
    functionName: 'detector',
    handler,
    limits: limits.detector,
    onFailure: bucketOnFailure(clients.s3, names.quarantineBucket, source, 'detector'),
  });
}
