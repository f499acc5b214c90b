import type { Draw } from '../../../cli/produce/random.ts';

/** The levels of a synthetic series before the noise is added, and the places of its changes. */
export interface Plan {
  readonly levels: readonly number[];
  /** 0-based index of the first point that moves, for each change. */
  readonly changes: readonly number[];
}

/** Most changes of a series, and the least distance between two of them, as a share of the series. */
const mostChanges = 3;
const leastStretch = 1 / 8;
/** Sizes of changes, up or down, in the unit of the kind: mostly standard deviations of the noise. */
const sizes = { least: 1.5, most: 5 };

/**
 * A level with up to three changes, at random places and of random sizes.
 *
 * @param points - length of the series, at least 8
 * @param transition - length of a change in points; 1 if it is sudden
 */
export function planLevels(points: number, transition: number, chance: Draw): Plan {
  const count = Math.floor((mostChanges + 1) * chance());
  const least = Math.floor(points * leastStretch);
  const room = points - (count + 1) * least;
  const changes = Array.from({ length: count }, () => Math.floor(room * chance()))
    .sort((a, b) => a - b)
    .map((place, index) => place + (index + 1) * least);
  const moves = changes.map((at) => {
    const size = sizes.least + (sizes.most - sizes.least) * chance();
    return { at, size: chance() < 0.5 ? -size : size };
  });
  const levels = Array.from({ length: points }, (_, index) =>
    moves.reduce(
      (level, { at, size }) => level + size * Math.min(1, Math.max(0, (index - at + 1) / transition)),
      0,
    ),
  );
  return { levels, changes };
}
