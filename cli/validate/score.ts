import type { TrueChange } from '../produce/traffic.ts';

/** A change point by the numbers of its readings. */
export interface ScoredChange {
  readonly changedAt: number;
  readonly detectedAt: number;
  readonly direction: 'up' | 'down';
}

/** A true change, and the change point that found it. */
export interface Match<Change extends ScoredChange> {
  readonly truth: TrueChange;
  readonly found?: Change;
}

/** How well change points match the true changes. */
export interface Score<Change extends ScoredChange> {
  /** Every true shift, found or missed. */
  readonly shifts: readonly Match<Change>[];
  /** Restarts of the generation. A detector may find them or not. */
  readonly restarts: readonly Match<Change>[];
  /** Change points without a shift. */
  readonly spurious: readonly Change[];
  readonly found: number;
  readonly missed: number;
  /** Mean number of readings from a shift to its detection; absent if none was found. */
  readonly meanDelay?: number;
  /** Mean distance in readings between a shift and the place that was reported. */
  readonly meanLocationError?: number;
}

/**
 * Compares change points with the true changes.
 *
 * A change point belongs to the newest true change at or before its detection. The first one that also has the direction of that
 * change finds it. Any other is spurious.
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
