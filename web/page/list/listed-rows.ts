import type { Chosen } from '../chosen/chosen.ts';
import type { Board, Row } from './board.ts';

const byName = new Intl.Collator('en', { numeric: true });

/** The rows that are listed, in their order. */
export interface ListedRows {
  /** @returns the indexes of the rows */
  of(board: Board, choice: Pick<Chosen, 'find' | 'show' | 'order'>): readonly number[];
  /** Forgets the names: the next board is another one. */
  reset(): void;
}

/**
 * Comparing names takes long: some 50 ms for 5,000 of them. So they are sorted only when they are new, and every order is made
 * from theirs.
 */
export function listedRows(): ListedRows {
  let sorted: Row[] = [];
  const known = new Set<number>();

  function learn(board: Board): void {
    if (board.size === known.size) return;
    const added = [...board.values()].filter(({ index }) => !known.has(index));
    for (const { index } of added) known.add(index);
    added.sort(compareNames);
    sorted = merged(sorted, added);
  }

  return {
    of(board, { find, show, order }) {
      learn(board);
      const wanted = find.trim().toLowerCase();
      const rows = sorted
        .map(({ index }) => board.get(index))
        .filter((row) => row !== undefined)
        .filter((row) => isShown[show](row) && (wanted === '' || row.name.toLowerCase().includes(wanted)));
      // The sort is stable: those that changed at one time, or never, stay in the order of names.
      if (order === 'change') rows.sort((a, b) => heardAt(b) - heardAt(a) || 0);
      return rows.map(({ index }) => index);
    },
    reset() {
      sorted = [];
      known.clear();
    },
  };
}

const isShown: Readonly<Record<Chosen['show'], (row: Row) => boolean>> = {
  all: () => true,
  changed: ({ lastChange }) => lastChange !== undefined,
  unacknowledged: ({ unacknowledged }) => unacknowledged > 0,
};

/** Arrival of the newest notification, in epoch milliseconds; −∞ without one. */
export function heardAt({ lastChange }: Pick<Row, 'lastChange'>): number {
  return lastChange?.heardAt ?? Number.NEGATIVE_INFINITY;
}

function compareNames(a: Row, b: Row): number {
  return byName.compare(a.name, b.name);
}

/** Two sorted lists as one. */
function merged(some: readonly Row[], others: readonly Row[]): Row[] {
  if (some.length === 0) return [...others];
  const all: Row[] = [];
  let at = 0;
  for (const other of others) {
    const place = firstAfter(some, other, at);
    all.push(...some.slice(at, place), other);
    at = place;
  }
  return [...all, ...some.slice(at)];
}

/** Index of the first one that sorts after a row, by halving. */
function firstAfter(sorted: readonly Row[], row: Row, from: number): number {
  let [low, high] = [from, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareNames(sorted[middle] as Row, row) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
