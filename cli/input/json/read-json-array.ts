import { FailedError } from '../../context.ts';
import type { Pieces } from '../bytes/pieces.ts';
import { jsonIn } from './json-in.ts';

/** A longer element is an error: most likely a bracket is missing. */
const mostCharactersInElement = 1_000_000;

/**
 * Reads a JSON array element by element, in constant memory.
 *
 * @param take - gets each element and its number, from 1
 * @param bytesBefore - where the array is inside of an object: so many bytes are left out, and then what follows the array
 * @throws FailedError if it is not a JSON array, or another one follows in the object; what `take` throws
 */
export async function readJsonArray(
  pieces: Pieces,
  take: (value: unknown, element: number) => void,
  bytesBefore?: number,
): Promise<void> {
  const decoder = new TextDecoder();
  let number = 0;
  let element = '';
  let depth = 0;
  let inText = false;
  let escaped = false;
  let ended = false;
  let left = bytesBefore ?? 0;
  let opensArray = false;

  const finish = () => {
    const value = jsonIn(element);
    number++;
    if (value === undefined)
      throw new FailedError(
        `it is not JSON: element ${number} of the array cannot be read: '${element.trim().slice(0, 40)}'`,
      );
    take(value, number);
    element = '';
  };

  const follows = (character: string) => {
    if (/\s/.test(character)) return;
    if (bytesBefore === undefined) throw new FailedError('it is not JSON: text follows the array');
    if (opensArray && (character === '[' || character === '{'))
      throw new FailedError(
        'a second array of rows follows the first one; give one of them, such as with jq .data',
      );
    opensArray = character === '[';
  };

  for await (const piece of pieces) {
    const text = decoder.decode(piece.subarray(left), { stream: true });
    left = Math.max(0, left - piece.length);
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const character = text[at] ?? '';
      if (inText) {
        if (escaped) escaped = false;
        else if (character === '\\') escaped = true;
        else if (character === '"') inText = false;
        continue;
      }
      if (character === '"') inText = true;
      if (ended) follows(character);
      else if (character === '[' || character === '{') {
        if (++depth === 1) from = at + 1;
      } else if (character === ']' || character === '}') {
        if (--depth === 0) {
          element += text.slice(from, at);
          if (number > 0 || element.trim() !== '') finish();
          from = at + 1;
          ended = true;
        }
      } else if (character === ',' && depth === 1) {
        element += text.slice(from, at);
        finish();
        from = at + 1;
      }
    }
    if (!ended) element += text.slice(from);
    if (element.length > mostCharactersInElement)
      throw new FailedError(
        `it is not JSON: element ${number + 1} of the array has no end within 1,000,000 characters; if the readings are further inside, make a row of each, such as with jq`,
      );
  }
  if (!ended) throw new FailedError(`it is not JSON: the array has no end after element ${number}`);
}
