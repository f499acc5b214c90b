import type { Window } from '../annotated.ts';
import type { Reported } from '../reported.ts';

/** What became of the windows of one series. */
export interface WindowCounts {
  readonly windows: number;
  /** Windows in which something became known. */
  readonly found: number;
  /** Windows in which a change was placed, whenever that became known. */
  readonly placed: number;
  /** Change points that became known outside every window. */
  readonly outside: number;
  /** Of each window that was found, points from its first one to when it was first known. */
  readonly delays: readonly number[];
}

/**
 * Counts the windows of the Numenta Anomaly Benchmark in which a change point became known.
 *
 * A second one in the same window counts neither for nor against. This is not the score of that benchmark, which weighs a
 * detection by its place in the window, and leaves out the first 15 % of a file.
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
