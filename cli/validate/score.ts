import type { TrueChange } from '../produce/traffic.ts';

/** A change point by the numbers of its readings. */
export interface ScoredChange {
  readonly changedAt: number;
  readonly detectedAt: number;
  readonly direction: 'up' | 'down';
}

/** What became of one true change. */
export interface Match<Change extends ScoredChange> {
  readonly truth: TrueChange;
  readonly found?: Change;
}

/** How well change points tell the truth. */
export interface Score<Change extends ScoredChange> {
  /** Each true shift, found or missed. */
  readonly shifts: readonly Match<Change>[];
  /** Restarts of the generation: found or not, neither is a fault. */
  readonly restarts: readonly Match<Change>[];
  /** Change points without a shift. */
  readonly spurious: readonly Change[];
  readonly found: number;
  readonly missed: number;
  /** Readings from a shift until it was known, over all found ones; absent if there are none. */
  readonly meanDelay?: number;
  /** Readings between a shift and where it was said to be, without the sign. */
  readonly meanLocationError?: number;
}

/**
 * Compares change points with the true changes.
 *
 * A change point belongs to the newest true change at or before the reading at which it was known. The first one that
 * also has its direction finds it; any other is spurious.
 */
export function score<Change extends ScoredChange>(
  truths: readonly TrueChange[],
  changes: readonly Change[],
): Score<Change> {
  const inOrder = truths.toSorted((a, b) => a.reading - b.reading);
  const foundOf = new Map<TrueChange, Change>();
  const spurious: Change[] = [];
  for (const change of changes.toSorted((a, b) => a.detectedAt - b.detectedAt)) {
    const truth = inOrder.findLast(({ reading }) => reading <= change.detectedAt);
    if (truth === undefined || foundOf.has(truth) || !agrees(truth, change)) spurious.push(change);
    else foundOf.set(truth, change);
  }
  const matches = inOrder.map((truth): Match<Change> => {
    const found = foundOf.get(truth);
    return { truth, ...(found !== undefined && { found }) };
  });
  const shifts = matches.filter(({ truth }) => truth.shift !== undefined);
  const hits = shifts.flatMap(({ truth, found }) => (found === undefined ? [] : [{ truth, found }]));
  return {
    shifts,
    restarts: matches.filter(({ truth }) => truth.shift === undefined),
    spurious,
    found: hits.length,
    missed: shifts.length - hits.length,
    ...(hits.length > 0 && {
      meanDelay: mean(hits.map(({ truth, found }) => found.detectedAt - truth.reading)),
      meanLocationError: mean(hits.map(({ truth, found }) => Math.abs(found.changedAt - truth.reading))),
    }),
  };
}

function agrees({ shift }: TrueChange, { direction }: ScoredChange): boolean {
  return shift === undefined || shift > 0 === (direction === 'up');
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
