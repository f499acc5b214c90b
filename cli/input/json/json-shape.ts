import { isObject } from '../../../lambda/reading/is-object.ts';
import { jsonIn } from './json-in.ts';

/** How the rows of a JSON text stand in it. */
export interface JsonShape {
  /** A value in each line; objects that are joined, or take several lines each; or the elements of an array. */
  readonly rows: 'lines' | 'objects' | 'array';
  /** The name of the field that has the array, if it is inside of an object, and the bytes before the array. */
  readonly inside?: { readonly field: string; readonly bytesBefore: number };
}

/**
 * Finds out how the rows of a text stand in it.
 *
 * A line that is damaged must not swallow those after it: where one of the first two lines is an object, each line is a row.
 *
 * @param start - the first characters of the text
 * @param isAll - whether there are no more
 * @returns `undefined` if the text does not begin as JSON does
 */
export function jsonShape(start: string, isAll: boolean): JsonShape | undefined {
  const lines = start.split('\n');
  const whole = isAll ? lines : lines.slice(0, -1);
  const [first, second] = whole.filter((line) => line.trim() !== '').map(jsonIn);
  if (/^\s*\[\s*([-\d{[\]"tfn]|$)/.test(start))
    return { rows: Array.isArray(first) && Array.isArray(second) ? 'lines' : 'array' };
  if (!/^\s*\{/.test(start)) return undefined;
  const object = firstObject(start);
  const isOnly = object.end === undefined || (isAll && start.slice(object.end).trim() === '');
  if (isOnly && !isObject(second) && object.array !== undefined) {
    const { field, at } = object.array;
    return { rows: 'array', inside: { field, bytesBefore: Buffer.byteLength(start.slice(0, at)) } };
  }
  return { rows: isObject(first) || isObject(second) ? 'lines' : 'objects' };
}

/** Whether so much of a JSON text shows how its rows stand in it. */
export function showsShape(start: string): boolean {
  return !/^\s*\{/.test(start) || start.includes('\n') || firstObject(start).end !== undefined;
}

interface FirstObject {
  /** Behind its closing brace; `undefined` if it is cut. */
  readonly end?: number;
  /** Its first field that is an array of objects or arrays. */
  readonly array?: { readonly field: string; readonly at: number };
}

function firstObject(text: string): FirstObject {
  let array: FirstObject['array'];
  let depth = 0;
  let field = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      const end = endOfText(text, at);
      if (depth === 1 && /^\s*:/.test(text.slice(end, end + 20))) field = String(jsonIn(text.slice(at, end)));
      at = end - 1;
    } else if (character === '{' || character === '[') {
      if (depth === 1 && array === undefined && /^\[\s*[[{]/.test(text.slice(at, at + 200)))
        array = { field, at };
      depth++;
    } else if (character === '}' || character === ']') {
      if (--depth === 0) return { end: at + 1, ...(array && { array }) };
    }
  }
  return { ...(array && { array }) };
}

/** Behind the quotation mark that ends a text. */
function endOfText(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
