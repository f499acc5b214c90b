import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The launcher of the built tool, or another that is to pass the same tests. Campaigns run the sources. */
export const launcher = process.env.AED_LAUNCHER ?? 'bin/aed.js';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Runs the tool as a user would, to its end. */
export async function aed(args: readonly string[], { input, environment }: RunOptions = {}): Promise<Ended> {
  const child = start(args, environment);
  const [out, error] = [collect(child.stdout), collect(child.stderr)];
  child.stdin?.on('error', () => {});
  child.stdin?.end(input ?? '');
  const [code] = await once(child, 'close');
  return { code, out: out(), error: error() };
}

/** A run of the tool that stays. */
export interface Running {
  readonly child: ChildProcess;
  /** Its next line on standard output. */
  nextLine(): Promise<string>;
  error(): string;
  /** Waits until standard error matches. */
  errorTo(pattern: RegExp): Promise<void>;
  /** Waits for its own end. */
  ended(): Promise<number | null>;
  /** Sends a signal and waits for the end. @returns the exit code, if it was not the signal that ended it */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export function startAed(args: readonly string[], environment?: NodeJS.ProcessEnv): Running {
  const child = start(args, environment);
  const error = collect(child.stderr);
  if (child.stdout === null) throw new Error('it has no standard output');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = async () => {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child.exitCode;
  };
  return {
    child,
    error,
    async errorTo(pattern) {
      while (!pattern.test(error())) await once(child.stderr as NodeJS.ReadableStream, 'data');
    },
    async nextLine() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`it ended: ${error()}`);
      return value;
    },
    ended,
    end(signal) {
      child.kill(signal);
      return ended();
    },
  };
}

function start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [launcher, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (piece: string) => {
    text += piece;
  });
  return () => text;
}
