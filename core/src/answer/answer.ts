import type { Direction } from '../change-point.ts';
import { at } from '../float-list.ts';
import { leastUntied, tiesOf } from '../scan/ties.ts';
import { answerByInnovations } from './answer-by-innovations.ts';
import { kindOf } from './kind.ts';
import type { LikelyChange } from './likely-change.ts';
import { placeOf } from './place.ts';
import { tiedPlaceOf } from './tied-place.ts';
import { twoLevels } from './two-levels.ts';
import { winsorised } from './winsorised.ts';

/** An estimate below it may be chance: independent points have a model of their own. */
const leastDependence = 1.5;

/** What a season takes from a regime. */
export interface SeasonOf {
  /** The phase of each point. */
  readonly phases: Float64Array;
  /** The regime with its season. */
  readonly regime: Float64Array;
  /** How many points count as one, since each phase has taken one. */
  readonly share: number;
}

/**
 * Where a regime changed, with an interval, and whether it jumped. Cost: O(n log n) time, O(n) memory.
 *
 * Outliers are drawn in to the two levels, which are measured on either side of a split. That of a test can lie some points off. Then a short side is in part of
 * the old level, and the points of the new one count as outliers. So the place that is found is looked at again from there: if it stays, it is known better. If it
 * would move, as to a few extreme points, the first answer stands. Repeated values have a model that needs no such split.
 *
 * Where neighbours depend on each other, a jump that stands out from the steps between them has its place and its kind from these.
 *
 * @param level - the regime, oldest first; without its season, if it has one. Not modified
 * @param split - points before the change, as a test found it
 * @param inflation - by how much dependence between neighbours inflates the variance of a mean; 1 without
 */
export function answerOf(
  level: Float64Array,
  split: number,
  direction: Direction,
  inflation: number,
  season?: SeasonOf,
): LikelyChange {
  const share = season?.share ?? 1;
  const sorted = (season?.regime ?? level).slice().sort();
  const isTied = tiesOf(sorted).factor < leastUntied;
  const answer = settled();
  if (isTied || season !== undefined || inflation < leastDependence) return answer;
  return jumpAround(answer.place.mode) ?? answer;

  function settled(): LikelyChange {
    const first = answerFrom(split);
    const { mode } = first.place;
    if (isTied || mode === split) return first;
    const again = answerFrom(mode);
    return again.place.mode === mode ? again : first;
  }

  function jumpAround(place: number): LikelyChange | undefined {
    const found = answerByInnovations(winsorised(level, place), inflation);
    return found === undefined || found.place.mode === place
      ? found
      : answerByInnovations(winsorised(level, found.place.mode), inflation);
  }

  function answerFrom(place: number): LikelyChange {
    const around = winsorised(level, place, Math.sqrt(share));
    const levels = twoLevels(around);
    return {
      place: isTied
        ? tiedPlaceOf(around, direction, level.length - mostEqual(sorted), inflation * share)
        : placeOf(around, season === undefined ? levels : twoLevels(around, season.phases), inflation),
      kind: kindOf(around, levels, inflation * share),
    };
  }
}

/** How many points have the most frequent value. @param sorted - in ascending order */
export function mostEqual(sorted: Float64Array): number {
  let [most, equal] = [0, 0];
  for (let index = 0; index < sorted.length; index++) {
    equal = index > 0 && at(sorted, index) === at(sorted, index - 1) ? equal + 1 : 1;
    most = Math.max(most, equal);
  }
  return most;
}
