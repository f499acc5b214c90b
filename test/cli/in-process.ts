import { PassThrough, Readable } from 'node:stream';
import type { CliContext } from '../../cli/context.ts';
import { run } from '../../cli/run.ts';
import type { Ended } from './aed.ts';

interface HereOptions {
  readonly input?: string | Buffer | Readable;
  /** Aborts as Ctrl-C would. */
  readonly signal?: AbortSignal;
}

/** Runs a command of the tool in this process: its own reading of the command line, errors and exit code, no new process. */
export async function runHere(
  args: readonly string[],
  { input = '', signal = new AbortController().signal }: HereOptions = {},
): Promise<Ended> {
  const [out, error] = [sink(), sink()];
  const context: CliContext = {
    input: input instanceof Readable ? input : Readable.from([Buffer.from(input)], { objectMode: false }),
    out: out.stream,
    error: error.stream,
    signal,
    environment: {},
  };
  const code = await run(args, context);
  return { code, out: out.text(), error: error.text() };
}

/** Takes what is written, as a pipe would: no terminal. */
export function sink() {
  let text = '';
  const stream = new PassThrough();
  stream.on('data', (piece: Buffer) => {
    text += piece.toString('utf8');
  });
  return { stream, text: () => text };
}
