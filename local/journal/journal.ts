import { closeSync, constants, ftruncateSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { openPlainFile } from '../plain-file.ts';
import { changeIn, lineOf } from './journal-line.ts';
import { lineAt, readPlaces } from './journal-lines.ts';

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

/** The file is rewritten when it is larger than this and twice what it must hold. */
const leastRewrittenBytes = 1024 * 1024;

/** Writes a part of a buffer at a place of a file. @returns how many bytes it wrote */
export type WriteAt = (descriptor: number, buffer: Buffer, from: number, bytes: number, at: number) => number;

/**
 * Opens a journal: a file to which each change appends a line, `[key, value]` or `[key]`, with its checksum. It is read when it is opened, and
 * rewritten when half of it is old. Memory holds each key and a number: where its line begins.
 *
 * A line without its end was being written when the process was killed or the disk was full. Nobody was told that it is
 * kept, so it is cut off.
 *
 * @throws Error naming the file and the line if the file is damaged elsewhere
 */
export function openJournal(file: string, write: WriteAt = writeSync): Journal {
  rmSync(`${file}.new`, { force: true });
  let descriptor = openPlainFile(file, constants.O_RDWR | constants.O_CREAT);
  let places: Map<string, number>;
  let held: number;
  let end: number;
  try {
    ({ places, held, end } = readPlaces(descriptor, file));
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  let rewriteAt = leastRewrittenBytes;
  // Whether the file may go on behind its last whole line.
  let torn = true;

  /** @returns where the line begins */
  function append(line: Buffer): number {
    if (torn) ftruncateSync(descriptor, end);
    torn = true;
    writeAll(descriptor, line, end);
    torn = false;
    const at = end;
    end += line.length;
    return at;
  }

  function writeAll(into: number, buffer: Buffer, at: number): void {
    for (let written = 0; written < buffer.length; )
      written += write(into, buffer, written, buffer.length - written, at + written);
  }

  function bytesOf(key: string): number {
    const at = places.get(key);
    return at === undefined ? 0 : lineAt(descriptor, at).length;
  }

  function rewriteIfOld(): void {
    if (end <= rewriteAt || end <= 2 * held) return;
    try {
      rewrite();
      rewriteAt = leastRewrittenBytes;
    } catch {
      // There was no room for a second file, or no leave to make one. The first one is whole, and what was to be written is in it.
      rewriteAt = 2 * end;
      removeRewritten();
    }
  }

  function removeRewritten(): void {
    try {
      rmSync(`${file}.new`, { force: true });
    } catch {
      // What cannot be removed may be there until the next start, which tells of it.
    }
  }

  function rewrite(): void {
    rmSync(`${file}.new`, { force: true });
    const rewritten = openSync(`${file}.new`, 'wx+');
    const moved = new Map<string, number>();
    let moving = 0;
    try {
      for (const [key, at] of places) {
        const line = lineAt(descriptor, at);
        writeAll(rewritten, line, moving);
        moved.set(key, moving);
        moving += line.length;
      }
      renameSync(`${file}.new`, file);
    } catch (error) {
      closeSync(rewritten);
      throw error;
    }
    const before = descriptor;
    descriptor = rewritten;
    places = moved;
    end = moving;
    closeSync(before);
  }

  return {
    keys: () => [...places.keys()],
    get(key) {
      const at = places.get(key);
      return at === undefined ? undefined : changeIn(lineAt(descriptor, at))[1];
    },
    set(key, value) {
      const line = lineOf([key, value]);
      const before = bytesOf(key);
      const at = append(line);
      places.delete(key);
      places.set(key, at);
      held += line.length - before;
      rewriteIfOld();
    },
    delete(key) {
      if (!places.has(key)) return;
      const before = bytesOf(key);
      append(lineOf([key]));
      places.delete(key);
      held -= before;
      rewriteIfOld();
    },
    close: () => closeSync(descriptor),
  };
}
