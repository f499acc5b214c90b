import { isObject } from '../../lambda/reading/is-object.ts';
import { splitObjects } from '../../lambda/reading/split-objects.ts';
import { divideText, hasObject } from '../../lambda/record/divide-text.ts';
import { logEventsIn } from '../../lambda/record/log-events.ts';

/** What is cut out or kept as one, and the positions that it has in the record. */
export interface Piece {
  text: string;
  readonly positions: number[];
}

/** The pieces of a text, and how those that stay make a text again; `undefined` if they cannot. */
interface Pieces {
  readonly pieces: readonly Piece[];
  readonly joined: ((kept: readonly string[]) => string | undefined) | undefined;
}

/** Takes a text apart as the recorder reads it. */
export function piecesOf(text: string): Pieces {
  const divided = divideText(text);
  switch (divided.form) {
    case 'value':
      return piecesOfValue(divided.value, text);
    case 'lines':
      return { pieces: together(divided.lines, '\n', unreadObjects()), joined: linesAgain };
    case 'joined': {
      // What stands behind an object may be a part of it.
      const goesOn = (part: string) => !part.startsWith('{');
      return { pieces: together(divided.parts, '', goesOn), joined: (kept) => kept.join('') };
    }
    case 'unreadable':
      return { pieces: [{ text, positions: [0] }], joined: undefined };
  }
}

/** A line with several objects, left alone, would be read as joined objects: at other positions than those that are told. */
function linesAgain(kept: readonly string[]): string | undefined {
  const text = kept.join('\n');
  return divideText(text).form === 'joined' ? undefined : text;
}

function piecesOfValue(value: unknown, text: string): Pieces {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : (logEventsIn(value) ?? [value]);
  if (!Array.isArray(value) || !value.every(isObject))
    return { pieces: piecesAt(list.map((one) => JSON.stringify(one))), joined: undefined };
  const objects = [...splitObjects(text)].filter((part) => part.startsWith('{'));
  return { pieces: piecesAt(objects), joined: (kept) => `[${kept.join(',')}]` };
}

function piecesAt(texts: readonly string[]): readonly Piece[] {
  return texts.map((text, position) => ({ text, positions: [position] }));
}

/** @param goesOn - whether a part belongs to the one before it */
function together(parts: Iterable<string>, by: string, goesOn: (part: string) => boolean): readonly Piece[] {
  const pieces: Piece[] = [];
  let position = 0;
  for (const part of parts) {
    const last = goesOn(part) ? pieces.at(-1) : undefined;
    if (last === undefined) pieces.push({ text: part, positions: [position] });
    else {
      last.text += by + part;
      last.positions.push(position);
    }
    position++;
  }
  return pieces;
}

/** Among lines with an object each, one object over several lines is not read. They belong together all the same, until its braces close. */
function unreadObjects(): (line: string) => boolean {
  let open = 0;
  return (line) => {
    const goesOn = open > 0 && !hasObject(line);
    open = Math.max(0, (goesOn ? open : 0) + bracesLeftOpen(line));
    return goesOn;
  };
}

/** Fewer than none if more are closed. */
function bracesLeftOpen(line: string): number {
  // A text without an end goes to the end of the line: each attempt matches, so no character is looked at twice.
  const bare = line.replaceAll(/"(?:[^"\\]|\\.?)*"?/g, '');
  return bare.split('{').length - bare.split('}').length;
}
