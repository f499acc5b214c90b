import type { Readable, Writable } from 'node:stream';

/** Where a command writes: a terminal, a file or a pipe. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** The parts of its process that a command uses. */
export interface CliContext {
  readonly input: Readable;
  readonly out: Output;
  readonly error: Output;
  /** Aborts on Ctrl-C, and when the output cannot be written, or nobody reads it any more. */
  readonly signal: AbortSignal;
  readonly environment: NodeJS.ProcessEnv;
}

/** The exit codes. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  /** A change point was found, and that is a failure by `--fail-on change`. */
  changed: 3,
  /** 128 + 2: what shells report of a process that SIGINT ended. */
  interrupted: 130,
} as const;

/** The command line is wrong. The message says how to correct it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command did not succeed. The message says why in a line; a cause, if it has one, is what failed last. */
export class FailedError extends Error {
  override readonly name = 'FailedError';
}

/** Change points were found where there should be none. */
export class ChangesFoundError extends Error {
  override readonly name = 'ChangesFoundError';
}

/** The reader has closed standard output, as `head` does when it has enough. */
export class ReaderGoneError extends Error {
  override readonly name = 'ReaderGoneError';
}

/** Standard output does not take what is written, and the user was told. */
export class OutputFailedError extends Error {
  override readonly name = 'OutputFailedError';
}

/** Some requests must not be cut off, so a stop may take long. After this time the command says how to exit at once. */
const longStopMs = 5_000;
const stillStopping = 'still stopping; press Ctrl-C again to exit at once\n';

/** An interrupted process has so long to end by itself, and then looks so often whether all is written. */
const lookMs = 1_000;

/**
 * Ends this process as the signal does where nobody listens: a shell calls that 130, too.
 *
 * `process.exit` waits for what the file system was asked to do. To open a named pipe of which nobody has the other end takes for ever.
 */
function endAtOnce(): void {
  process.removeAllListeners('SIGINT');
  process.kill(process.pid, 'SIGINT');
}

/**
 * Ends this process with an exit code, when nothing is left to do. An interrupted one ends as soon as all it said is written, whatever the file
 * system still waits for.
 */
export function end(code: number): void {
  process.exitCode = code;
  if (code !== exitCodes.interrupted) return;
  const isWritten = () => process.stdout.writableLength + process.stderr.writableLength === 0;
  setInterval(() => isWritten() && endAtOnce(), lookMs).unref();
}

/**
 * The context of this process.
 *
 * Ctrl-C and SIGTERM abort its signal. A second Ctrl-C exits at once. Standard output that is closed, or fails, aborts the signal, too, so
 * that a command removes what it created elsewhere.
 */
export function processContext(): CliContext {
  const interrupt = new AbortController();
  process.on('SIGINT', () => {
    // The second Ctrl-C ends without cleaning up.
    if (interrupt.signal.aborted) endAtOnce();
    interrupt.abort(new Error('interrupted'));
    setTimeout(() => process.stderr.write(stillStopping), longStopMs).unref();
  });
  process.on('SIGTERM', () => interrupt.abort(new Error('interrupted')));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return interrupt.abort(new ReaderGoneError('nobody reads the output'));
    if (interrupt.signal.aborted) return;
    process.stderr.write(`error: cannot write: ${error.message}\n`);
    interrupt.abort(new OutputFailedError('standard output fails'));
    // The command may have ended: what it wrote last fails a moment later.
    process.exitCode = exitCodes.failure;
  });
  // What nobody can be told is no failure: the command goes on, and removes what it created elsewhere.
  process.stderr.on('error', () => {});
  return {
    input: process.stdin,
    out: process.stdout,
    error: process.stderr,
    signal: interrupt.signal,
    environment: process.env,
  };
}
