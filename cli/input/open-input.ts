import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Readable } from 'node:stream';
import { type CliContext, FailedError } from '../context.ts';

export const formats = ['csv', 'jsonl'] as const;
export type Format = (typeof formats)[number];

/** Text that is read piece by piece. */
export interface Input {
  readonly name: string;
  readonly stream: Readable;
  readonly format: Format;
  /** The separator of its cells, by the name of the file. */
  readonly delimiter: string;
  /** Its size, where that is known. */
  readonly bytes?: number;
}

const pieceBytes = 256 * 1024;

const wordsForCode: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you have no permission to read it',
};

/** Opens a file, or standard input for `-`. @throws FailedError if it cannot be read; the signal's reason if it aborts */
export async function openInput(
  path: string,
  { input: standardInput, signal }: Pick<CliContext, 'input' | 'signal'>,
  format?: Format,
): Promise<Input> {
  if (path === '-') {
    return {
      name: 'standard input',
      stream: standardInput,
      format: format ?? (await guess(standardInput, 'standard input', '…', signal)),
      delimiter: ',',
    };
  }
  try {
    const { size } = await stat(path);
    const stream = createReadStream(path, { highWaterMark: pieceBytes });
    await once(stream, 'readable');
    const extension = extname(path).toLowerCase();
    return {
      name: basename(path),
      stream,
      bytes: size,
      format:
        format ??
        (/^\.(jsonl|ndjson)$/.test(extension)
          ? 'jsonl'
          : await guess(stream, basename(path), basename(path), signal)),
      delimiter: extension === '.tsv' ? '\t' : ',',
    };
  } catch (error) {
    if (error instanceof FailedError) throw error;
    const reason = wordsForCode[(error as NodeJS.ErrnoException).code ?? ''] ?? (error as Error).message;
    throw new FailedError(`cannot read ${path === '' ? "''" : path}: ${reason}`);
  }
}

/** Waits for the first piece or the end. If the signal aborts, it destroys the stream, which would keep the process alive. */
async function firstPiece(stream: Readable, signal: AbortSignal): Promise<void> {
  try {
    await Promise.race([once(stream, 'readable', { signal }), once(stream, 'end', { signal })]);
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

/**
 * JSON Lines start with a brace, and CSV does not.
 *
 * @throws FailedError that says how to convert a file that is neither
 */
async function guess(stream: Readable, name: string, path: string, signal: AbortSignal): Promise<Format> {
  if (stream.readableLength === 0 && !stream.readableEnded) await firstPiece(stream, signal);
  const piece: Buffer | null = stream.read();
  if (piece === null) return 'csv';
  stream.unshift(piece);
  if (piece[0] === 0x1f && piece[1] === 0x8b) {
    throw new FailedError(`${name} is compressed; decompress it: zcat ${path} | aed detect -`);
  }
  const start = piece.toString('utf8', 0, 100);
  if (/^\uFEFF?\s*\[\s*[-\d{[\]]/.test(start)) {
    throw new FailedError(
      `${name} is a JSON array; turn it into JSON Lines, one object a line: jq -c '.[]' ${path} | aed detect -`,
    );
  }
  return /^\uFEFF?\s*\{/.test(start) ? 'jsonl' : 'csv';
}
