import { AsyncLocalStorage } from 'node:async_hooks';

interface Work {
  /** Told what the work threw. */
  readonly failed: (error: unknown) => void;
  /** What it must give back if it fails. */
  readonly held: Set<() => void>;
}

/** The work that runs now, in whatever callback. */
const atWork = new AsyncLocalStorage<Work>();

let holders = 0;

/**
 * Does some work, and hands over what it throws: at once, in a callback that it leaves behind, or in a promise that nobody awaits.
 *
 * `holdExceptions` must be in force. A bare `queueMicrotask` is the one place that escapes: Node does not say whose it was.
 */
export function confine(work: () => void, failed: (error: unknown) => void): void {
  const one: Work = { failed, held: new Set() };
  atWork.run(one, () => {
    try {
      work();
    } catch (error) {
      fail(one, error);
    }
  });
}

function fail({ failed, held }: Work, error: unknown): void {
  for (const giveBack of held) giveBack();
  held.clear();
  failed(error);
}

/** Has something given back if the work that runs now fails. @returns what is called when it was given back in time */
export function heldByWork(giveBack: () => void): () => void {
  const held = atWork.getStore()?.held;
  held?.add(giveBack);
  return () => held?.delete(giveBack);
}

/**
 * What is called later on behalf of the work that runs now, whoever calls it. What it throws is the work's: by the time an exception
 * reaches the process, Node no longer tells whose it was.
 */
export function onBehalf<Arguments extends unknown[]>(
  callback: (...args: Arguments) => void,
): (...args: Arguments) => void {
  const work = atWork.getStore();
  if (work === undefined) return callback;
  // A listener is called on what it listens to.
  return function (this: unknown, ...args) {
    atWork.run(work, () => {
      try {
        callback.apply(this, args);
      } catch (error) {
        fail(work, error);
      }
    });
  };
}

/**
 * From now on, exceptions of confined work no longer end the process. All others do, as ever.
 *
 * The emulators throw in callbacks, where nobody can catch it; one malformed request would end all.
 *
 * @returns what ends that
 */
export function holdExceptions(): () => void {
  holders++;
  if (holders === 1) process.setUncaughtExceptionCaptureCallback(handOver);
  return () => {
    holders--;
    if (holders === 0) process.setUncaughtExceptionCaptureCallback(null);
  };
}

function handOver(error: unknown): void {
  const work = atWork.getStore();
  if (work !== undefined) {
    fail(work, error);
    return;
  }
  // As Node does without this callback: listeners are told, and without one the process ends.
  const listeners = process.listeners('uncaughtException');
  for (const listener of listeners) listener(error as Error, 'uncaughtException');
  if (listeners.length > 0) return;
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
