import { stat } from 'node:fs/promises';
import { withoutControls } from '../../lambda/printable.ts';
import { type CliContext, FailedError } from '../context.ts';
import { whyNone } from '../input/left-out.ts';
import { type Input, type InputOptions, openInput } from '../input/open-input.ts';
import { bytesBar } from '../progress.ts';
import { type FileOfEvents, type FilePut, type FilePutOptions, filePut } from './file-put.ts';
import type { Outlet } from './send-in-order.ts';

/** How a file is put, beyond what is found out. */
export interface PutPlan
  extends Omit<FilePutOptions, 'signal' | 'outlet' | 'window' | 'sendsRest' | 'onWaiting' | 'onRefused'>,
    InputOptions {}

export interface PutListener {
  /** Told what a first reading found, before anything is sent; `undefined` for what can be read only once. @returns where to send events */
  outlet(checked: FileOfEvents | undefined): Outlet;
  /** Told of the way of the file into the stream, which knows how far it came. */
  begun(put: FilePut): void;
}

/**
 * Puts the readings of a file.
 *
 * A file is read twice. So nothing of it is sent if it cannot be read to its end, and the number of its readings is known. Standard
 * input and pipes are read once; after Ctrl-C, what has come of them is put.
 *
 * @throws FailedError naming the file and what is wrong with it; the signal's reason if it aborts; what the outlet throws
 */
export async function putReadings(
  path: string,
  plan: PutPlan,
  listener: PutListener,
  context: CliContext,
): Promise<FileOfEvents> {
  const { signal } = context;
  const say = (line: string) => void context.error.write(`${withoutControls(line)}\n`);
  const checked = (await isFile(path)) ? await check(path, plan, context) : undefined;
  // Rows need not be held back where none comes late.
  const isOrdered = checked !== undefined && checked.read.sorted === 0 && checked.read.replaced === 0;
  const outlet = listener.outlet(checked);
  const input = await openInput(path, context, plan);
  try {
    let hasWaited = false;
    const put = filePut(input, {
      ...plan,
      ...(isOrdered && { window: 0 }),
      outlet,
      signal,
      sendsRest: checked === undefined,
      onWaiting(why) {
        if (!hasWaited) say(`${input.name} waits for more rows: ${why}`);
        hasWaited = true;
      },
      onRefused(row, detail) {
        // What is left out of a file is said at its end, which a live input may never have.
        if (checked === undefined) say(`${input.name}: ${leftOut(row, detail)}`);
      },
    });
    listener.begun(put);
    return await toEnd(input, put, signal);
  } finally {
    // What is refused before it is read would keep the process alive while more may come.
    input.stream.destroy();
  }
}

function leftOut(row: number, detail: string): string {
  return `row ${row} is not put, since the service would set it aside: ${detail}; others like it are only counted`;
}

/** Reads all and sends nothing. */
async function check(path: string, plan: PutPlan, context: CliContext): Promise<FileOfEvents> {
  const { signal, error } = context;
  const input = await openInput(path, context, plan);
  const bar = bytesBar(error, `checking ${input.name}`, input.bytes);
  let bytes = 0;
  input.stream.on('data', (piece: Buffer) => {
    bytes += piece.length;
    bar.update(bytes);
  });
  try {
    const nowhere: Outlet = async (events) => events.length;
    const options = { ...plan, outlet: nowhere, dueAt: () => 0, signal, sendsRest: false };
    return await toEnd(input, filePut(input, options), signal);
  } finally {
    bar.stop();
    input.stream.destroy();
  }
}

async function toEnd(input: Input, put: FilePut, signal: AbortSignal): Promise<FileOfEvents> {
  try {
    const file = await put.toEnd();
    if (file.series.length > 0) return file;
    throw new FailedError(`it has no reading${whyNone(file.read)}`);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof FailedError ? new FailedError(`${input.name}: ${error.message}`) : error;
  }
}

async function isFile(path: string): Promise<boolean> {
  if (path === '-') return false;
  try {
    return (await stat(path)).isFile();
  } catch {
    // Opening it says why.
    return false;
  }
}
