/** Puts the events of a load run. `startProducer` starts this process; it ends when its parent disconnects. */
import { setTimeout as delay } from 'node:timers/promises';
import { putEvents } from '../../cli/produce/put-events.ts';
import { realBackoff } from '../../lambda/backoff.ts';
import { createClients } from '../../local/clients.ts';
import { names } from '../../local/resources.ts';
import type { ProducerSetting, Put, Start } from './producer.ts';
import { loadEvent } from './series.ts';

/** Time between two puts. Each puts the events that have become due. */
const tickMs = 50;

const { endpoints, series, rate, total }: ProducerSetting = JSON.parse(process.argv[2] ?? '');
const tell = (put: number) =>
  process.connected && process.send?.({ put } satisfies Put, undefined, undefined, () => {});
const ending = new AbortController();
const { signal } = ending;
process.on('disconnect', () => ending.abort());
// Ctrl-C reaches both processes. The parent disconnects when it is done.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => {});
// The parent may have gone while this process was loading, before the listener was there.
if (!process.connected) process.exit();

const { kinesis } = createClients(endpoints);
process.once('message', ({ startedAt }: Start) => void produce(startedAt));
tell(0);

async function produce(startedAt: number): Promise<void> {
  const dueAt = (k: number) => startedAt + Math.floor((1000 * k) / rate);
  let put = 0;
  while (put < total && !signal.aborted) {
    const due = Math.min(total, Math.ceil(((Date.now() - startedAt) / 1000) * rate));
    const events = Array.from({ length: due - put }, (_, i) => loadEvent(put + i, series, dueAt(put + i)));
    await putEvents(kinesis, names.stream, events, {
      backoff: realBackoff,
      signal,
      onPut: (count) => {
        put += count;
        tell(put);
      },
    });
    await delay(tickMs, undefined, { signal }).catch(() => {});
  }
}
