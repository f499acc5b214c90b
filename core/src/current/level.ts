import { levelOf } from '../answer/level.ts';
import type { Level } from '../change-point.ts';
import type { CurrentRegime } from './regime.ts';

/** The level of the current regime. */
export interface CurrentLevel extends Level {
  /** 0-based index of the first point of the regime. */
  readonly since: number;
}

/** The level of a regime; `undefined` without a point. Cost: O(n log n). */
export function currentLevel({ start, test }: CurrentRegime): CurrentLevel | undefined {
  if (test.length === 0) return undefined;
  return { ...levelOf(test.values.slice().sort()), since: start };
}
