import { type Move, shownLevels } from '../../lambda/move-texts.ts';
import { medianOfValues } from '../median.ts';
import type { LevelLine } from './report.ts';

/** A reading that is drawn. */
interface DrawnReading {
  readonly x: number;
  readonly value: number;
}

/**
 * The level of the readings after a place, from there to the last of them; nothing without a reading.
 *
 * @param change - the one before: where only means show it, the level is a mean
 */
export function lastLevel(
  readings: readonly DrawnReading[],
  since: number,
  change: Move | undefined,
): LevelLine | undefined {
  const newest = readings.filter(({ x }) => x > since);
  const values = newest.map(({ value }) => value);
  const to = newest.at(-1)?.x;
  if (to === undefined) return undefined;
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return { from: since, to, value: isShownByMean(change) ? mean : medianOfValues(values) };
}

/** Whether only the means of its levels show a change. */
export function isShownByMean(change: Move | undefined): boolean {
  return change !== undefined && shownLevels(change).by === 'mean';
}
