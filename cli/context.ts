import type { Readable, Writable } from 'node:stream';

/** Where a command writes: a terminal, a file or a pipe. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** What a command has of the process it runs in. */
export interface CliContext {
  readonly input: Readable;
  readonly out: Output;
  readonly error: Output;
  /** Aborts when the reader interrupts the command. */
  readonly signal: AbortSignal;
  readonly environment: NodeJS.ProcessEnv;
}

/** What a shell gets back. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  /** As shells count it: ended by signal number 2. */
  interrupted: 130,
} as const;

/** The command line asks for what cannot be; the message says what to do instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command did not succeed. The message says why in a line; a cause, if it has one, is what failed last. */
export class FailedError extends Error {
  override readonly name = 'FailedError';
}

/** Whoever read along has gone, as `head` does when it has enough: there is nobody left to tell. */
export class ReaderGoneError extends Error {
  override readonly name = 'ReaderGoneError';
}

/** A request that must not be cut off may hold a command back: after this time it says how to end it all the same. */
const longStopMs = 5_000;
const stillStopping = 'stopping; a second Ctrl-C ends it at once\n';

/**
 * The context of this process: Ctrl-C aborts it, a second one ends it at once; a reader that has gone aborts it, too, so that
 * what was made elsewhere is removed.
 */
export function processContext(): CliContext {
  const interrupt = new AbortController();
  process.on('SIGINT', () => {
    // A second time, the reader means it.
    if (interrupt.signal.aborted) process.exit(exitCodes.interrupted);
    interrupt.abort(new Error('interrupted'));
    setTimeout(() => process.stderr.write(stillStopping), longStopMs).unref();
  });
  process.on('SIGTERM', () => interrupt.abort(new Error('interrupted')));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return interrupt.abort(new ReaderGoneError('nobody reads the output'));
    process.stderr.write(`error: cannot write: ${error.message}\n`);
    process.exit(exitCodes.failure);
  });
  return {
    input: process.stdin,
    out: process.stdout,
    error: process.stderr,
    signal: interrupt.signal,
    environment: process.env,
  };
}
