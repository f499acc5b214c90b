import { plain } from '../../lambda/figures.ts';
import { printable } from '../../lambda/printable.ts';
import type { Output } from '../context.ts';

/** Takes what of a table was left out, and says so at the end. */
export interface UnreadableNote {
  readonly add: (sortKey: string, damage: string) => void;
  tell(): void;
}

/** A note of the items that somebody edited, so that they are no change points any more. */
export function unreadableNote(error: Output): UnreadableNote {
  let [count, first] = [0, ''];
  return {
    add(sortKey, damage) {
      if (count++ === 0) first = `'${printable(sortKey)}': ${damage}`;
    },
    tell() {
      if (count > 0)
        error.write(`note: ${plain.counted(count, 'damaged change point')} left out, the first ${first}\n`);
    },
  };
}
