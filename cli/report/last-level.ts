import type { LevelLine } from './report.ts';

/** A reading that is drawn. */
interface DrawnReading {
  readonly x: number;
  readonly value: number;
}

/** The level of the readings after a place, from there to the last of them; nothing without a reading. @param by - a mean where only that shows the change before */
export function lastLevel(
  readings: readonly DrawnReading[],
  since: number,
  by: 'median' | 'mean' = 'median',
): LevelLine | undefined {
  const newest = readings.filter(({ x }) => x > since);
  const values = newest.map(({ value }) => value).sort((a, b) => a - b);
  const to = newest.at(-1)?.x;
  if (to === undefined) return undefined;
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return { from: since, to, value: by === 'mean' ? mean : medianOfSorted(values) };
}

function medianOfSorted(values: readonly number[]): number {
  const upper = values[values.length >> 1] ?? 0;
  const lower = values[(values.length - 1) >> 1] ?? upper;
  return lower / 2 + upper / 2;
}
