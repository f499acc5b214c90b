import { type Backend, startBackend } from '../../local/backend.ts';
import { type Pipeline, type PipelineOptions, startPipeline } from '../../local/pipeline.ts';
import { type Kept, useStarted } from './started.ts';

/** Emulators with empty tables, stream and buckets. */
export const useBackend = (kept?: Kept): Backend => useStarted(startBackend, kept);

/** The whole pipeline on such emulators. */
export const usePipeline = (options: Partial<PipelineOptions> = {}, kept?: Kept): Pipeline =>
  useStarted(() => startPipeline({ report() {}, ...options }), kept);
