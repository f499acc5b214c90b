import type { ChangeKind, Direction } from '../change-point.ts';
import { tiesOf } from '../scan/ties.ts';
import { kindOf } from './kind.ts';
import { type LikelyPlace, placeOf } from './place.ts';
import { tiedPlaceOf } from './tied-place.ts';
import { twoLevels } from './two-levels.ts';
import { winsorised } from './winsorised.ts';

/** Where a regime changed, and how. */
export interface Answer {
  readonly place: LikelyPlace;
  readonly kind: ChangeKind;
}

/** With a factor of ties below this, values repeat so often that their frequencies say more than their sizes. */
const leastUntied = 0.985;

/**
 * Where a regime changed, with an interval, and whether it jumped. Cost: O(n log n) time, O(n) memory.
 *
 * @param regime - oldest first; not modified
 * @param split - points before the change, as a test found it
 * @param inflation - by how much dependence between neighbours inflates the variance of a mean; 1 without
 */
export function answerOf(
  regime: Float64Array,
  split: number,
  direction: Direction,
  inflation: number,
): Answer {
  const around = winsorised(regime, split);
  const levels = twoLevels(around);
  const sorted = regime.slice().sort();
  const place =
    tiesOf(sorted).factor < leastUntied
      ? tiedPlaceOf(regime, sorted, direction, inflation)
      : placeOf(around, levels, inflation);
  return { place, kind: kindOf(around, levels, inflation) };
}
