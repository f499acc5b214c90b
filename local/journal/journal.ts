import {
  closeSync,
  constants,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';

/** Values by key, kept in a file. What a call has returned from outlives the process, however that ends. */
export interface Journal {
  /** The keys, those first that were set first. */
  keys(): readonly string[];
  /** @returns `undefined` if there is none */
  get(key: string): unknown;
  /** @param value - anything that JSON can hold @throws what keeps it from being written; then all is as before */
  set(key: string, value: unknown): void;
  /** @throws what keeps it from being written; then all is as before */
  delete(key: string): void;
  close(): void;
}

/** Where a line is in the file. */
interface Place {
  readonly at: number;
  readonly bytes: number;
}

/** The file is rewritten when it is larger than this and twice what it must hold. */
const leastRewrittenBytes = 1024 * 1024;
const readBytes = 1024 * 1024;
const lineEnd = 10;

/** Writes a part of a buffer at a place of a file. @returns how many bytes it wrote */
export type WriteAt = (descriptor: number, buffer: Buffer, from: number, bytes: number, at: number) => number;

/**
 * Opens a journal: a file to which each change appends a line, `[key, value]` or `[key]`. It is read when it is opened, and
 * rewritten when half of it is old. Memory holds the keys and not the values.
 *
 * A line without its end was being written when the process was killed or the disk was full. Nobody was told that it is
 * kept, so it is cut off.
 *
 * @throws Error naming the file and the line if the file is damaged elsewhere
 */
export function openJournal(file: string, write: WriteAt = writeSync): Journal {
  rmSync(`${file}.new`, { force: true });
  let descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT);
  let places: Map<string, Place>;
  let end: number;
  try {
    ({ places, end } = readPlaces(descriptor, file));
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  let held = [...places.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  let rewriteAt = leastRewrittenBytes;
  // Whether the file may go on behind its last whole line.
  let torn = true;

  function append(line: Buffer): Place {
    if (torn) ftruncateSync(descriptor, end);
    torn = true;
    writeAll(descriptor, line, end);
    torn = false;
    const place = { at: end, bytes: line.length };
    end += line.length;
    return place;
  }

  function writeAll(into: number, buffer: Buffer, at: number): void {
    for (let written = 0; written < buffer.length; )
      written += write(into, buffer, written, buffer.length - written, at + written);
  }

  function forget(key: string): void {
    held -= places.get(key)?.bytes ?? 0;
    places.delete(key);
  }

  function rewriteIfOld(): void {
    if (end <= rewriteAt || end <= 2 * held) return;
    try {
      rewrite();
      rewriteAt = leastRewrittenBytes;
    } catch (error) {
      // There was no room for a second file. The first one is whole.
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      rmSync(`${file}.new`, { force: true });
      rewriteAt = 2 * end;
    }
  }

  function rewrite(): void {
    const rewritten = openSync(`${file}.new`, 'w+');
    const moved = new Map<string, Place>();
    let at = 0;
    try {
      for (const [key, place] of places) {
        writeAll(rewritten, read(descriptor, place), at);
        moved.set(key, { at, bytes: place.bytes });
        at += place.bytes;
      }
      renameSync(`${file}.new`, file);
    } catch (error) {
      closeSync(rewritten);
      throw error;
    }
    closeSync(descriptor);
    descriptor = rewritten;
    places = moved;
    end = at;
  }

  return {
    keys: () => [...places.keys()],
    get(key) {
      const place = places.get(key);
      return place && JSON.parse(read(descriptor, place).toString())[1];
    },
    set(key, value) {
      const place = append(lineOf([key, value]));
      forget(key);
      places.set(key, place);
      held += place.bytes;
      rewriteIfOld();
    },
    delete(key) {
      if (!places.has(key)) return;
      append(lineOf([key]));
      forget(key);
      rewriteIfOld();
    },
    close: () => closeSync(descriptor),
  };
}

function lineOf(change: readonly unknown[]): Buffer {
  return Buffer.from(`${JSON.stringify(change)}\n`);
}

function read(descriptor: number, { at, bytes }: Place): Buffer {
  const line = Buffer.alloc(bytes);
  readSync(descriptor, line, 0, bytes, at);
  return line;
}

/** Where each value is, and where the last whole line ends. */
function readPlaces(descriptor: number, file: string): { places: Map<string, Place>; end: number } {
  const places = new Map<string, Place>();
  let end = 0;
  let number = 0;
  for (const line of linesOf(descriptor)) {
    number++;
    const [key, ...values] = change(line, file, number);
    places.delete(key);
    if (values.length > 0) places.set(key, { at: end, bytes: line.length });
    end += line.length;
  }
  return { places, end };
}

/** The whole lines of a file, each with its end. */
function* linesOf(descriptor: number): Generator<Buffer> {
  const chunk = Buffer.alloc(readBytes);
  let begun: Buffer[] = [];
  for (let at = 0; ; ) {
    const bytes = readSync(descriptor, chunk, 0, readBytes, at);
    if (bytes === 0) return;
    at += bytes;
    let from = 0;
    for (let to = chunk.indexOf(lineEnd); to !== -1 && to < bytes; to = chunk.indexOf(lineEnd, from)) {
      yield Buffer.concat([...begun, chunk.subarray(from, to + 1)]);
      begun = [];
      from = to + 1;
    }
    begun.push(Buffer.from(chunk.subarray(from, bytes)));
  }
}

function change(line: Buffer, file: string, number: number): readonly [key: string, ...values: unknown[]] {
  try {
    const read: unknown = JSON.parse(line.toString());
    if (Array.isArray(read) && typeof read[0] === 'string' && read.length <= 2)
      return read as [string, ...unknown[]];
    throw new Error('it is no change of a value');
  } catch (error) {
    throw new Error(`line ${number} of ${file} is damaged: ${(error as Error).message}`);
  }
}
