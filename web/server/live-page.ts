import type { Pipeline } from '../../local/pipeline.ts';
import { pipelineService } from './pipeline-service.ts';
import { type LivePage, type PageOptions, servePage } from './serve-page.ts';

export interface LivePageOptions extends Omit<PageOptions, 'service' | 'key'> {
  readonly pipeline: Pipeline;
}

/**
 * Serves a page that shows a pipeline at work. Only this machine can reach it.
 *
 * @throws Error if another program uses the port
 */
export function startLivePage({ pipeline, ...options }: LivePageOptions): Promise<LivePage> {
  return servePage({ service: pipelineService(pipeline), ...options });
}
