import type { ChangePoint, Direction, Interval } from '../change-point.ts';
import { type Measurement, measure } from '../measure.ts';
import type { ResolvedOptions } from '../options.ts';
import { ExcessPool } from '../scan/dependence/excess-pool.ts';
import { type Inflation, noInflation } from '../scan/dependence/inflation.ts';
import { startDependence } from '../scan/dependence/start-dependence.ts';
import { pairsAcross } from '../seasons/pairs-across.ts';
import { withoutSeason } from '../seasons/without-season.ts';
import { isShifted } from '../shift.ts';
import { answerOf, type SeasonOf } from './answer.ts';

/** Where a regime changed, and how; by points of the regime. */
interface ChangePlace extends Pick<ChangePoint, 'kind'> {
  /** Points before the change. */
  readonly split: number;
  readonly interval: Interval;
}

/** All that is said of a change but what its test says, by points of the regime. */
export type Description = ChangePlace & Measurement;

type Options = Pick<
  ResolvedOptions,
  'practicalThreshold' | 'window' | 'statistic' | 'dependence' | 'period' | 'restlessAfter'
>;

/**
 * Whether a test says that the change is where it is most likely. The most evident split of ranks belongs to the MPP test.
 */
const isMostLikely: Readonly<Record<ResolvedOptions['statistic'], boolean>> = { mpp: false, scan: true };

/**
 * Where a regime changed, how sure that is, how much it changed, and how. Worked out once an alarm: O(n log n).
 *
 * @param regime - oldest first; not modified
 * @param evident - points before the most evident change
 * @param phases - of the points, if they have a season
 */
export function describeChange(
  regime: Float64Array,
  evident: number,
  direction: Direction,
  options: Options,
  phases?: Float64Array,
): Description {
  const level = levelIn(regime, evident, phases);
  const inflation = inflationAt(level, evident, options);
  const place = placeOfChange(regime, evident, direction, options, phases, level, inflation);
  return { ...place, ...measure(regime, place.split, direction, options, inflation, phases) };
}

/**
 * Dependence between the neighbours of a regime with a change, as far as the options ask for it.
 *
 * With a threshold it is that of ranks within 128 points: a series that wanders slowly below the threshold does not blur where it jumped.
 */
export function inflationAt(level: Float64Array, evident: number, options: Options): Inflation {
  if (options.practicalThreshold > 0 && options.dependence === 'auto')
    return new ExcessPool(0, undefined).inflation(level, evident);
  return startDependence(options, undefined)?.inflation(level, evident) ?? noInflation;
}

/** What the season of a regime takes from it, if it has one: of its degrees of freedom, one for each phase. */
export function seasonOf(
  regime: Float64Array,
  phases: Float64Array | undefined,
  period: number,
): SeasonOf | undefined {
  return phases && { phases, regime, share: regime.length / Math.max(1, regime.length - period) };
}

/** The regime without its season, if it has one. */
function levelIn(regime: Float64Array, evident: number, phases: Float64Array | undefined): Float64Array {
  return phases === undefined ? regime : withoutSeason(regime, phases, evident);
}

/**
 * Where a regime changed, or would have if its evidence were enough.
 *
 * The most likely place counts only if the regime moved there in the direction of the alarm, by more than the practical threshold. A season is
 * taken off first.
 */
export function placeOfChange(
  regime: Float64Array,
  evident: number,
  direction: Direction,
  options: Options,
  phases?: Float64Array,
  level = levelIn(regime, evident, phases),
  inflation = inflationAt(level, evident, options),
): ChangePlace {
  const season = seasonOf(regime, phases, options.period);
  const { place, kind } = answerOf(level, evident, direction, inflation.limit, season);
  const { mode, interval } = place;
  const isMode =
    isMostLikely[options.statistic] &&
    isShifted(pairsAcross(regime, mode, phases), direction, options.practicalThreshold);
  const split = isMode ? mode : evident;
  return {
    split,
    interval: { from: Math.min(interval.from, split), to: Math.max(interval.to, split) },
    kind,
  };
}
