import type { ChangePoint, Direction, Interval } from '../change-point.ts';
import { type Measurement, measure } from '../measure.ts';
import type { ResolvedOptions } from '../options.ts';
import { inflationOf } from '../scan/dependence/estimate.ts';
import { noInflation } from '../scan/dependence/inflation.ts';
import { isShifted } from '../shift.ts';
import { answerOf } from './answer.ts';

/** All that is said of a change but what its test says, by points of the regime. */
export interface Description extends Measurement, Pick<ChangePoint, 'kind'> {
  /** Points before the change. */
  readonly split: number;
  readonly interval: Interval;
}

/**
 * Whether a test says that the change is where it is most likely. The most evident split of ranks is about twice as far off, and belongs to the MPP test.
 */
const isMostLikely: Readonly<Record<ResolvedOptions['statistic'], boolean>> = { mpp: false, scan: true };

/**
 * Where a regime changed, how sure that is, how much it changed, and how. Worked out once an alarm: O(n log n).
 *
 * The most likely place counts only if the regime moved there in the direction of the alarm, by more than the practical threshold.
 *
 * @param regime - oldest first; not modified
 * @param evident - points before the most evident change
 */
export function describeChange(
  regime: Float64Array,
  evident: number,
  direction: Direction,
  options: Pick<ResolvedOptions, 'practicalThreshold' | 'window' | 'statistic' | 'dependence'>,
): Description {
  const inflation = options.dependence === 'auto' ? inflationOf(regime, evident) : noInflation;
  const { place, kind } = answerOf(regime, evident, direction, inflation.limit);
  const { mode, interval } = place;
  const side = (start: number, end?: number) => regime.slice(start, end).sort();
  const isMode =
    isMostLikely[options.statistic] &&
    isShifted(side(0, mode), side(mode), direction, options.practicalThreshold);
  const split = isMode ? mode : evident;
  return {
    split,
    interval: { from: Math.min(interval.from, split), to: Math.max(interval.to, split) },
    kind,
    ...measure(regime, split, direction, options, inflation),
  };
}
