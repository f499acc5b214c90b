import { whenDue } from '../../../cli/produce/pace.ts';
import { putEvents } from '../../../cli/produce/put-events.ts';
import { clientsFor } from '../../../cli/service/clients.ts';
import { realBackoff } from '../../../lambda/backoff.ts';
import { type Clients, destroyClients } from '../../../local/clients.ts';
import type { LocalService } from '../../cli/local-service.ts';
import type { KeptService } from './kept-service.ts';
import type { Put } from './unreadable.ts';

/**
 * Puts each record when it is due. What a service did not take before it was killed is put into the next one.
 *
 * @param onPut - called with the number of records that a service took
 * @throws what is wrong besides a service that is gone
 */
export async function putAtPace(
  service: KeptService,
  events: Iterable<Put>,
  onPut: (count: number) => void,
  signal: AbortSignal,
): Promise<void> {
  let open: { readonly local: LocalService; readonly clients: Clients } | undefined;
  for await (const due of whenDue(events, signal)) {
    let taken = 0;
    while (taken < due.length && !signal.aborted) {
      const local = await service.current();
      if (open?.local !== local) {
        if (open !== undefined) destroyClients(open.clients);
        open = { local, clients: clientsFor(local.state, {}) };
      }
      await putEvents(open.clients.kinesis, local.state.stream, due.slice(taken), {
        backoff: realBackoff,
        onPut(count) {
          taken += count;
          onPut(count);
        },
      }).catch((error) => {
        if (!isGone(error)) throw error;
      });
    }
  }
  if (open !== undefined) destroyClients(open.clients);
}

function isGone(error: NodeJS.ErrnoException): boolean {
  return ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(error.code ?? '') || error.name === 'TimeoutError';
}
