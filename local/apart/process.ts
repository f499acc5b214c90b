/** The emulators in a process of their own. `startBackendApart` starts it; it ends when its parent disconnects. */
import { setTimeout as delay } from 'node:timers/promises';
import { startBackend } from '../backend.ts';
import { catchUp, type Message } from './messages.ts';

const pauseMs = 20;
/** Reading the memory takes time, so it is read this often. */
const usageEveryMs = 500;

/** Sends nothing to a parent that has gone: sending would throw, or fail a little later. */
const tell = (message: Message) =>
  process.connected && process.send?.(message, undefined, undefined, () => {});
const ending = new AbortController();
process.on('disconnect', () => ending.abort());
// Ctrl-C reaches both processes. The parent still needs this one, and disconnects when it is done.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
// The parent may have gone while this process was loading, before the listener was there.
if (!process.connected) process.exit();

const backend = await startBackend();
const { endpoints, resources, tableStream, streamPuts } = backend;
let puts = 0;
streamPuts.onPut((records) => {
  puts += records;
});
tell({ kind: 'ready', endpoints, resources, streamArn: tableStream.arn });
process.on('message', (asked) => {
  if (asked !== catchUp) return;
  tellNews();
  tellUsage();
  tell({ kind: 'caughtUp' });
});
let usageToldAt = -usageEveryMs;
while (!ending.signal.aborted) {
  tellNews();
  if (performance.now() - usageToldAt > usageEveryMs) {
    usageToldAt = performance.now();
    tellUsage();
  }
  await delay(pauseMs, undefined, { signal: ending.signal }).catch(() => {});
}
await backend.close();

function tellNews(): void {
  const records = tableStream.read(undefined, Number.POSITIVE_INFINITY);
  const last = records.at(-1);
  if (last !== undefined) {
    tableStream.trim(last.dynamodb.SequenceNumber);
    tell({ kind: 'records', records });
  }
  if (puts > 0) {
    tell({ kind: 'puts', records: puts });
    puts = 0;
  }
}

function tellUsage(): void {
  const { user, system } = process.cpuUsage();
  tell({
    kind: 'usage',
    megabytes: process.memoryUsage.rss() / 2 ** 20,
    cpuSeconds: (user + system) / 1e6,
  });
}
