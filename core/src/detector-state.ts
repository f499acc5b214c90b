import { check, checkInteger } from './check.ts';
import { checkedSeries } from './checked-series.ts';
import type { DetectorOptions } from './options.ts';

/**
 * A detector's state as plain data that survives JSON.
 *
 * The points of `regime` count as tested: they take part in every later test, but no test ends at them again. So a state
 * can also be made by hand, from stored points, to go on with a regime.
 */
export interface DetectorState {
  readonly version: 1;
  /** As in the detector; an endless regime, which JSON cannot say, has no `maxRegimeLength`. */
  readonly options: DetectorOptions;
  /** 0-based index of the first point of the current regime. */
  readonly regimeStart: number;
  /** The points of the current regime, oldest first: from `regimeStart` to the last one pushed. */
  readonly regime: readonly number[];
}

/**
 * The points of a state's regime; the options are left for the detector to check.
 *
 * @throws RangeError naming the part of the state that cannot be
 */
export function checkedRegime(state: DetectorState): Float64Array {
  check(state?.version === 1, 'state.version', '1', state?.version);
  check(Array.isArray(state.regime), 'state.regime', 'an array', state.regime);
  checkInteger(state.regimeStart, 'state.regimeStart', 0);
  return checkedSeries(state.regime, 'state.regime');
}
