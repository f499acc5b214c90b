import { setTimeout as delay } from 'node:timers/promises';
import type { KeptService } from './kept-service.ts';

const reconnectMs = 500;

/** Follows the page of a service as a browser does that shows one series, until the signal aborts. */
export async function openPage(service: KeptService, seriesId: string, signal: AbortSignal): Promise<void> {
  const paths = ['api/overview', `api/series?id=${encodeURIComponent(seriesId)}`];
  await Promise.all(paths.map((path) => follow(service, path, signal)));
}

async function follow(service: KeptService, path: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const { state } = await service.current();
      const answer = await fetch(new URL(path, state.page), { signal });
      for await (const _ of answer.body ?? []);
    } catch {
      // Its service was killed.
    }
    await delay(reconnectMs, undefined, { signal }).catch(() => {});
  }
}
