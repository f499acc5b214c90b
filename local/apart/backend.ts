import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Backend, environmentFor } from '../backend.ts';
import { createClients, destroyClients } from '../clients.ts';
import { recordLog } from '../emulators/record-log.ts';
import { putCounter } from '../emulators/stream-puts.ts';
import { catchUp, type Message, type Ready, type Usage } from './messages.ts';

export interface BackendApart extends Backend {
  /** Memory of the other process, which holds the emulators and their data. */
  readonly memoryMegabytes: number;
  /** Processor time of the other process since its start, as of half a second ago, or of the last `caughtUp`. */
  readonly cpuSeconds: number;
}

/** One who waits for an answer of the other process. */
interface Waiting {
  resolve(): void;
  reject(error: Error): void;
}

/** In the packed tool, where the other process is compiled, too. */
const isCompiled = import.meta.url.endsWith('.js');

/**
 * Starts the emulators in a process of their own, so that they and the functions do not share one processor.
 *
 * Records of the table's stream arrive a little after the writes. `caughtUp` waits for them, and rejects if the process ends before.
 *
 * @throws Error if the other process ends before it is ready
 */
export async function startBackendApart(): Promise<BackendApart> {
  const child = fork(fileURLToPath(new URL(isCompiled ? './process.js' : './process.ts', import.meta.url)), {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    execArgv: isCompiled ? [] : ['--import', 'tsx'],
  });
  const { endpoints, resources, streamArn } = await untilReady(child);
  const log = recordLog(streamArn);
  const puts = putCounter();
  const waiting: Waiting[] = [];
  let usage: Pick<Usage, 'megabytes' | 'cpuSeconds'> = { megabytes: 0, cpuSeconds: 0 };
  child.on('message', (message: Message) => {
    if (message.kind === 'usage') usage = message;
    if (message.kind === 'caughtUp') waiting.shift()?.resolve();
    if (message.kind === 'puts') puts.add(message.records);
    if (message.kind === 'records') for (const record of message.records) log.add(record);
  });
  child.once('exit', () => {
    for (const { reject } of waiting) reject(new Error('the process of the emulators has ended'));
  });
  const clients = createClients(endpoints);
  return {
    endpoints,
    clients,
    resources,
    streamPuts: puts,
    tableStream: {
      ...log,
      get length() {
        return log.length;
      },
      async caughtUp() {
        // Answers come in the order of the questions, so the next answer belongs to this question or a later one.
        await new Promise<void>((resolve, reject) => {
          waiting.push({ resolve, reject });
          child.send(catchUp, (error) => error && reject(error));
        });
      },
    },
    environment: environmentFor(endpoints, resources),
    // It has no disk.
    broken: new Promise<never>(() => {}),
    get memoryMegabytes() {
      return usage.megabytes;
    },
    get cpuSeconds() {
      return usage.cpuSeconds;
    },
    async close() {
      destroyClients(clients);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

async function untilReady(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the process of the emulators ended with ${code}`)));
    child.once('message', (message: Message) => {
      if (message.kind === 'ready') resolve(message);
    });
  });
}
