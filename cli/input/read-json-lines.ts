import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/**
 * Reads JSON Lines, in constant memory.
 *
 * @param take - gets the value of each line, or `undefined` if the line is not JSON, and the number of the line, from 1
 * @throws what `take` throws
 */
export async function readJsonLines(
  stream: Readable,
  take: (value: unknown, line: number) => void,
): Promise<void> {
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  let line = 0;
  let failure: unknown;
  stream.on('error', (error) => {
    failure ??= error;
    lines.close();
  });
  lines.on('line', (text) => {
    if (failure !== undefined) return;
    try {
      take(parsed(line === 0 ? text.replace(/^\uFEFF/, '') : text), ++line);
    } catch (error) {
      failure = error;
      lines.close();
    }
  });
  await once(lines, 'close');
  if (failure !== undefined) throw failure;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
