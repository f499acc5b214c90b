import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Endpoints } from '../../local/clients.ts';

export interface ProducerSetting {
  readonly endpoints: Endpoints;
  readonly series: number;
  /** Events a second, over all series. */
  readonly rate: number;
  /** Events in all. */
  readonly total: number;
}

/** Begins to put events. */
export interface Start {
  /** Milliseconds since the epoch: when the first event is due. */
  readonly startedAt: number;
}

/** What the producer says when it is ready, and whenever the stream has taken events. */
export interface Put {
  /** Events that the stream has taken. */
  readonly put: number;
}

export interface Producer {
  /** Waits until it can put events. @throws Error if the process ends before */
  ready(): Promise<void>;
  /** Events that the stream has taken. */
  readonly put: number;
  /** Puts all events, each when it is due. @throws Error if the process ends before */
  produce(startedAt: number): Promise<void>;
  /** Ends the process. */
  stop(): Promise<void>;
}

/** Starts a producer in a process of its own: on AWS no producer shares a processor with the functions either. */
export function startProducer(setting: ProducerSetting): Producer {
  const script = fileURLToPath(new URL('./producer-process.ts', import.meta.url));
  const child = fork(script, [JSON.stringify(setting)], { execArgv: ['--import', 'tsx'] });
  const ended = once(child, 'exit').then(([code, signal]): never => {
    throw new Error(`the process of the producer ended with ${code ?? signal}`);
  });
  ended.catch(() => {});
  // Its first message says that it is ready.
  const ready = Promise.race([once(child, 'message'), ended]);
  ready.catch(() => {});
  let put = 0;
  const done = new Promise<void>((resolve) => {
    child.on('message', (message: Put) => {
      put = message.put;
      if (put === setting.total) resolve();
    });
  });
  return {
    async ready() {
      await ready;
    },
    get put() {
      return put;
    },
    async produce(startedAt) {
      child.send({ startedAt } satisfies Start);
      await Promise.race([done, ended]);
    },
    async stop() {
      if (child.connected) child.disconnect();
      await ended.catch(() => {});
    },
  };
}
