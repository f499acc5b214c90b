import { stat } from 'node:fs/promises';
import { type CliContext, FailedError } from '../context.ts';
import { whyNone } from '../input/left-out.ts';
import { type Format, type Input, openInput } from '../input/open-input.ts';
import { bytesBar } from '../progress.ts';
import { type FileOfEvents, type FilePut, type FilePutOptions, filePut } from './file-put.ts';
import type { Outlet } from './send-in-order.ts';

/** How a file is put, beyond what is found out. */
export interface PutPlan extends Omit<FilePutOptions, 'signal' | 'outlet' | 'window'> {
  readonly format?: Format;
}

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
 * input and pipes are read once.
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
  const checked = (await isFile(path)) ? await check(path, plan, context) : undefined;
  // Rows need not be held back where none comes late.
  const isOrdered = checked !== undefined && checked.read.sorted === 0 && checked.read.replaced === 0;
  const options = { ...plan, outlet: listener.outlet(checked), signal, ...(isOrdered && { window: 0 }) };
  const input = await openInput(path, context, plan.format);
  const put = filePut(input, options);
  listener.begun(put);
  return toEnd(input, put, signal);
}

/** Reads all and sends nothing. */
async function check(path: string, plan: PutPlan, context: CliContext): Promise<FileOfEvents> {
  const { signal, error } = context;
  const input = await openInput(path, context, plan.format);
  const bar = bytesBar(error, `checking ${input.name}`, input.bytes ?? 0);
  let bytes = 0;
  input.stream.on('data', (piece: Buffer) => {
    bytes += piece.length;
    bar.update(bytes);
  });
  try {
    const nowhere: Outlet = async (events) => events.length;
    return await toEnd(input, filePut(input, { ...plan, outlet: nowhere, dueAt: () => 0, signal }), signal);
  } finally {
    bar.stop();
  }
}

async function toEnd(input: Input, put: FilePut, signal: AbortSignal): Promise<FileOfEvents> {
  const stop = () => input.stream.destroy(signal.reason);
  signal.addEventListener('abort', stop);
  try {
    const file = await put.toEnd();
    if (file.series.length > 0) return file;
    throw new FailedError(`it has no reading${whyNone(file.read)}`);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof FailedError ? new FailedError(`${input.name}: ${error.message}`) : error;
  } finally {
    signal.removeEventListener('abort', stop);
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
