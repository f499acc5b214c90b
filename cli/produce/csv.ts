import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { CliContext, Output } from '../context.ts';
import { cannotWrite } from '../file-error.ts';
import { write } from '../output.ts';
import { countBar } from '../progress.ts';
import type { Produced } from './send-events.ts';
import type { GeneratedEvent } from './traffic.ts';

/** Rows are written in pieces of about this many characters. */
const pieceCharacters = 65_536;

/** Writes events as CSV with a header, to a file or, without one, to standard output. */
export async function toCsv(
  events: Iterable<GeneratedEvent>,
  path: string | undefined,
  total: number,
  { out, error, signal }: Pick<CliContext, 'out' | 'error' | 'signal'>,
): Promise<Produced> {
  const startedAt = performance.now();
  const target = path === undefined ? out : await openFile(path, signal);
  // If the rows go to a terminal, they show the progress.
  const bar = target.isTTY ? undefined : countBar(error, 'written', total);
  let count = 0;
  let piece = 'seriesId,timestamp,value\n';
  try {
    for (const { seriesId, timestamp, value } of events) {
      if (signal.aborted) break;
      piece += `${csvCell(seriesId)},${new Date(timestamp).toISOString()},${value}\n`;
      count++;
      if (piece.length < pieceCharacters) continue;
      await write(target, piece);
      bar?.update(count);
      piece = '';
    }
    await write(target, piece);
    if (target !== out) await close(target);
  } catch (error) {
    throw path === undefined ? error : cannotWrite(path, error);
  } finally {
    bar?.stop();
  }
  return {
    events: count,
    target: path ?? 'standard output',
    seconds: (performance.now() - startedAt) / 1000,
  };
}

async function openFile(path: string, signal: AbortSignal): Promise<Output> {
  const file = createWriteStream(path);
  try {
    await once(file, 'open', { signal });
  } catch (error) {
    file.destroy();
    signal.throwIfAborted();
    throw cannotWrite(path, error);
  }
  return file;
}

async function close(file: Writable): Promise<void> {
  file.end();
  await finished(file);
}

/** A cell, in quotes if CSV needs them. */
function csvCell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
