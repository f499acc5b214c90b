import { printable } from '../../../lambda/printable.ts';
import type { SeriesState, SeriesUpdate, Snapshot, Update } from '../../wire.ts';

/** A series in the list. */
export interface Row extends Omit<SeriesState, 'points'> {
  /** The series id, without characters that cannot be shown. */
  readonly name: string;
  readonly points: readonly number[];
}

const mostPoints = 100;

/** The state of every series, by the index that the server gave it. */
export type Board = ReadonlyMap<number, Row>;

export function boardOf({ series }: Pick<Snapshot, 'series'>): Board {
  return new Map(series.map((state) => [state.index, rowOf(state)]));
}

/** The board after an update. Rows that did not change are the same objects. */
export function boardAfter(
  board: Board,
  { added, series, gone }: Pick<Update, 'added' | 'series' | 'gone'>,
): Board {
  const next = new Map(board);
  for (const index of gone) next.delete(index);
  for (const state of added) next.set(state.index, rowOf(state));
  for (const update of series) {
    const row = next.get(update.index);
    if (row !== undefined) next.set(update.index, { ...row, ...update, points: pointsAfter(row, update) });
  }
  return next;
}

function rowOf(state: SeriesState): Row {
  return { ...state, name: printable(state.seriesId) };
}

function pointsAfter({ points }: Row, update: SeriesUpdate): readonly number[] {
  return update.whole ? update.points : [...points, ...update.points].slice(-mostPoints);
}
