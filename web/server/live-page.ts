import type { Pipeline } from '../../local/pipeline.ts';
import { pipelineService } from './pipeline-service.ts';
import { type LivePage, servePage } from './serve-page.ts';

export interface LivePageOptions {
  readonly pipeline: Pipeline;
  /** Default: a free port. */
  readonly port?: number;
  /** The heading of the page. */
  readonly title?: string;
  /** The unit of the values, shown after a number. */
  readonly unit?: string;
  /** Whether the page only shows. Default: false. */
  readonly readOnly?: boolean;
}

/**
 * Serves a page that shows a pipeline at work. Only this machine can reach it.
 *
 * @throws Error if another program uses the port
 */
export function startLivePage({ pipeline, ...options }: LivePageOptions): Promise<LivePage> {
  return servePage({ service: pipelineService(pipeline), ...options });
}
