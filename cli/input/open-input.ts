import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { type CliContext, FailedError } from '../context.ts';
import { type Lulls, noLulls, withLulls } from './bytes/lulls.ts';
import { peek } from './bytes/peek.ts';
import type { Pieces } from './bytes/pieces.ts';
import { unpack } from './bytes/unpack.ts';
import { type JsonShape, jsonShape, showsShape } from './json/json-shape.ts';
import { showsTable } from './shows-table.ts';

export const formats = ['csv', 'jsonl'] as const;
export type Format = (typeof formats)[number];

/** What is known of a text before it is read. */
export interface InputOptions {
  readonly format?: Format;
  /** As the platform calls it. */
  readonly encoding?: string;
  /** Told before anything is read that the input may pause: a pipe or standard input, of which nobody knows what it is. */
  readonly onLive?: (name: string) => void;
}

/** Text that is read piece by piece. */
export interface Input {
  readonly name: string;
  /** As the file has it: to count its bytes, and to stop reading. */
  readonly stream: Readable;
  /** Its text in UTF-8. */
  readonly pieces: Pieces;
  /** When it brings little. A file has none. */
  readonly lulls: Lulls;
  /** Aborts when the rest is not to be read. */
  readonly signal: AbortSignal;
  /** The first pieces of the text, to find out how it is written. */
  readonly start: string;
  /** Whether the text has no more than its start. */
  readonly isAll: boolean;
  /** How its rows stand in it, if it is JSON; else it is cells. */
  readonly json?: JsonShape;
  /** The separator of its cells, where the name of the file tells it. */
  readonly delimiter?: string;
  /** Its size, where that is known. */
  readonly bytes?: number;
  /** What was found out about the file, for people. It grows while the file is read. */
  readonly notes: string[];
}

/** Larger pieces are not faster, and their texts stay in memory for longer. */
const pieceBytes = 64 * 1024;
/** So much of a text shows how it is written. */
const startBytes = 256 * 1024;

const wordsForCode: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you have no permission to read it',
};

/** Opens a file, or standard input for `-`. @throws FailedError if it cannot be read; the signal's reason if it aborts */
export async function openInput(
  path: string,
  { input: standardInput, signal }: Pick<CliContext, 'input' | 'signal'>,
  options: InputOptions = {},
): Promise<Input> {
  if (path === '-') return read('standard input', standardInput, signal, options, true);
  try {
    const about = await stat(path);
    const stream = createReadStream(path, { highWaterMark: pieceBytes });
    // A named pipe may never be opened.
    await once(stream, 'readable', { signal }).finally(() => signal.aborted && stream.destroy());
    const [, extension = ''] = /\.(\w+)(?:\.gz)?$/i.exec(path.toLowerCase()) ?? [];
    const named: InputOptions = /^(jsonl|ndjson)$/.test(extension) ? { format: 'jsonl' } : {};
    const input = await read(basename(path), stream, signal, { ...named, ...options }, !about.isFile());
    // Some files of the system say 0, and have more.
    const bytes = about.isFile() && about.size > 0 ? about.size : undefined;
    return {
      ...input,
      ...(bytes !== undefined && { bytes }),
      ...(extension === 'tsv' && { delimiter: '\t' }),
    };
  } catch (error) {
    if (error instanceof FailedError) throw error;
    signal.throwIfAborted();
    const reason = wordsForCode[(error as NodeJS.ErrnoException).code ?? ''] ?? (error as Error).message;
    throw new FailedError(`cannot read ${path === '' ? "''" : path}: ${reason}`);
  }
}

async function read(
  name: string,
  stream: Readable,
  signal: AbortSignal,
  { format, encoding, onLive }: InputOptions,
  mayPause: boolean,
): Promise<Input> {
  const notes: string[] = [];
  if (mayPause) onLive?.(name);
  // A stream that is read would keep the process alive.
  const stop = () => stream.destroy(signal.reason);
  signal.addEventListener('abort', stop);
  // No event comes for what has happened before.
  if (signal.aborted) stop();
  try {
    const { pieces: source, lulls } = mayPause ? withLulls(stream) : { pieces: stream, lulls: noLulls };
    const text = await unpack(name, source, (note) => notes.push(note), {
      lulls,
      ...(encoding !== undefined && { encoding }),
    });
    const isEnough = (bytes: Buffer) => {
      const shown = bytes.toString('utf8');
      return shapeOf(shown, false, format) === undefined ? showsTable(shown) : showsShape(shown);
    };
    const { start, isAll, pieces } = await peek(text, startBytes, lulls, isEnough);
    const shown = start.toString('utf8');
    const json = shapeOf(shown, isAll, format);
    return {
      name,
      stream,
      pieces,
      lulls,
      signal,
      start: shown,
      isAll,
      ...(json !== undefined && { json }),
      notes,
    };
  } catch (error) {
    stream.destroy();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** A text that is said to be JSON and does not begin so has a value in each line. */
function shapeOf(start: string, isAll: boolean, format: Format | undefined): JsonShape | undefined {
  if (format === 'csv') return undefined;
  return jsonShape(start, isAll) ?? (format === 'jsonl' ? { rows: 'lines' } : undefined);
}
