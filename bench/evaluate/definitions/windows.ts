import type { Window } from '../annotated.ts';
import type { Reported } from '../reported.ts';

/** The counts of the windows and change points of one series. */
export interface WindowCounts {
  readonly windows: number;
  /** Windows in which a change point was detected. */
  readonly found: number;
  /** Windows in which the place of a change lies, whenever it was detected. */
  readonly placed: number;
  /** Change points that were detected outside every window. */
  readonly outside: number;
  /** For each window found: the number of points from its start to the first detection in it. */
  readonly delays: readonly number[];
}

/**
 * Counts the windows of the Numenta Anomaly Benchmark in which a change point was detected.
 *
 * A second detection in the same window counts neither for nor against. This is not the score of that benchmark, which weights a
 * detection by its place in the window, and leaves out the first 15 % of a file, at most of its first 5,000 rows.
 */
export function windowCounts(windows: readonly Window[], reported: readonly Reported[]): WindowCounts {
  const knownIn = (window: Window) => reported.filter(({ detectedAt }) => isIn(window, detectedAt));
  const delays = windows.flatMap((window) => {
    const known = knownIn(window).map(({ detectedAt }) => detectedAt);
    return known.length === 0 ? [] : [known.reduce((a, b) => Math.min(a, b)) - window.first];
  });
  return {
    windows: windows.length,
    found: delays.length,
    placed: windows.filter((window) => reported.some(({ changedAt }) => isIn(window, changedAt))).length,
    outside: reported.filter(({ detectedAt }) => !windows.some((window) => isIn(window, detectedAt))).length,
    delays,
  };
}

function isIn({ first, last }: Window, place: number): boolean {
  return first <= place && place <= last;
}
