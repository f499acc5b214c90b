import { printable } from '../lambda/printable.ts';

/** A text on one line, for a cell of a table: where it has more characters than that, a sign says that its end is left out. */
export function shortened(text: string, most: number): string {
  const characters = [...printable(text)];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}
