import { splitObjects } from '../../../lambda/reading/split-objects.ts';
import { FailedError } from '../../context.ts';
import type { Pieces } from '../bytes/pieces.ts';
import { jsonIn } from './json-in.ts';

/** A longer object is an error: most likely a brace is missing. */
const mostCharacters = 1_000_000;

/**
 * Reads JSON objects that are joined, with white space between them or nothing, as the recorder reads those of a record. Memory is constant.
 *
 * @param take - gets each object, or `undefined` for what is none, and its number, from 1
 * @throws FailedError if an object has no end; what `take` throws
 */
export async function readJsonObjects(
  pieces: Pieces,
  take: (value: unknown, object: number) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let number = 0;
  let rest = '';
  for await (const piece of pieces) {
    const text = rest + decoder.decode(piece, { stream: true });
    const parts = [...splitObjects(text)];
    const last = parts.at(-1) ?? '';
    rest = '';
    if (jsonIn(last) === undefined) {
      parts.pop();
      // As it stands: white space at its end may belong to it.
      rest = text.slice(text.lastIndexOf(last));
    }
    for (const part of parts) take(jsonIn(part), ++number);
    if (rest.length > mostCharacters)
      throw new FailedError(`it is not JSON: object ${number + 1} has no end`);
  }
  if (rest.trim() !== '') take(undefined, ++number);
}
