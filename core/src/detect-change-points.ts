import type { ChangePoint } from './change-point.ts';
import { AedDetector } from './detector.ts';
import type { DetectorOptions } from './options.ts';

/**
 * All change points of a series, in order: what a detector says while the series is pushed into it.
 *
 * @param series - oldest first, finite, in the caller's unit; read once, not modified
 * @throws RangeError if a value is not finite or an option is out of bounds
 * @example detectChangePoints([...Array(20).fill(0), ...Array(20).fill(5)]).length // => 1
 */
export function detectChangePoints(series: Iterable<number>, options?: DetectorOptions): ChangePoint[] {
  const detector = new AedDetector(options);
  const found: ChangePoint[] = [];
  for (const value of series) {
    const changePoint = detector.push(value);
    if (changePoint !== undefined) found.push(changePoint);
  }
  return found;
}
