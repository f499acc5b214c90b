import { constants } from 'node:buffer';
import { readSync } from 'node:fs';
import { type Change, changeIn } from './journal-line.ts';

const readBytes = 1024 * 1024;
/** Of one line, at first. */
const lineBytes = 4096;
const lineEnd = 10;
/** No text is longer, so no line is that was written whole. */
const mostLineBytes = constants.MAX_STRING_LENGTH;

/** One for all lines. V8 collects no garbage while a loop reads thousands of them, so that each would keep a buffer of its own. */
const shared = Buffer.alloc(lineBytes);

/** The line that begins there, with its end. It may be another one after the next call. */
export function lineAt(descriptor: number, at: number): Buffer {
  for (let chunk = shared; ; chunk = Buffer.alloc(4 * chunk.length)) {
    const read = readSync(descriptor, chunk, 0, chunk.length, at);
    const end = chunk.subarray(0, read).indexOf(lineEnd);
    if (end !== -1) return chunk.subarray(0, end + 1);
    if (read < chunk.length) throw new Error('the journal was cut off while it was open');
  }
}

/** Where each value is, how many bytes they take, and where the last whole line ends. */
export function readPlaces(descriptor: number, file: string) {
  const places = new Map<string, number>();
  const sizes = new Map<string, number>();
  let end = 0;
  let number = 0;
  for (const line of linesOf(descriptor, file)) {
    number++;
    const [key, ...values] = changeAt(number, line, file);
    places.delete(key);
    sizes.delete(key);
    if (values.length > 0) {
      places.set(key, end);
      sizes.set(key, line.length);
    }
    end += line.length;
  }
  return { places, held: [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0), end };
}

/** The whole lines of a file, each with its end. Each may be another one once the next is asked for. */
function* linesOf(descriptor: number, file: string): Generator<Buffer> {
  const chunk = Buffer.alloc(readBytes);
  let begun: Buffer[] = [];
  let begunBytes = 0;
  for (let at = 0; ; ) {
    const bytes = readSync(descriptor, chunk, 0, readBytes, at);
    if (bytes === 0) return;
    at += bytes;
    let from = 0;
    for (let to = chunk.indexOf(lineEnd); to !== -1 && to < bytes; to = chunk.indexOf(lineEnd, from)) {
      const line = chunk.subarray(from, to + 1);
      yield begun.length === 0 ? line : Buffer.concat([...begun, line]);
      begun = [];
      begunBytes = 0;
      from = to + 1;
    }
    begun.push(Buffer.from(chunk.subarray(from, bytes)));
    begunBytes += bytes - from;
    if (begunBytes > mostLineBytes)
      throw new Error(`${file} is damaged: a line of it has more than ${mostLineBytes} bytes`);
  }
}

function changeAt(number: number, line: Buffer, file: string): Change {
  try {
    return changeIn(line);
  } catch (error) {
    throw new Error(`line ${number} of ${file} is damaged: ${(error as Error).message}`);
  }
}
