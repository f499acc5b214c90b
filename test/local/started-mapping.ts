import type { MappingLimits } from '../../lib/deployment-limits.ts';
import type { Handler } from '../../local/event-source-mapping/invoke.ts';
import { startMapping } from '../../local/event-source-mapping/mapping.ts';
import type { Discarded } from '../../local/event-source-mapping/on-failure.ts';
import type { Source } from '../../local/event-source-mapping/source.ts';
import type { MappingOptions } from '../../local/event-source-mapping/work.ts';
import { limits } from './memory-source.ts';

/** A mapping at time 0 whose waits take no time, and what comes out of it. */
export function start(
  source: Source<number>,
  handler: Handler<number>,
  mapping: Partial<MappingLimits> = {},
  options: Partial<MappingOptions<number>> = {},
) {
  const invoked: (readonly number[])[] = [];
  const discarded: Discarded[] = [];
  const waits: number[] = [];
  const started = startMapping<number>({
    source,
    functionName: 'recorder',
    handler: (event, context) => {
      invoked.push(event.Records);
      return handler(event, context);
    },
    limits: { mapping: { ...limits, ...mapping }, function: { timeoutSeconds: 60, memoryMegabytes: 128 } },
    onFailure: async (given) => {
      discarded.push(given);
    },
    wait: async (milliseconds) => {
      waits.push(milliseconds);
    },
    now: () => 0,
    ...options,
  });
  return { mapping: started, invoked, discarded, waits };
}
