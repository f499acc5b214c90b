import { checkedSeries } from './checked-series.ts';
import type { DetectorOptions } from './options.ts';
import { show } from './show.ts';

/**
 * A detector's state as plain data that survives JSON.
 *
 * The points of `regime` count as tested: they take part in every later test, but no test ends at them again. So a state
 * can also be made by hand, from stored points, to go on with a regime.
 */
export interface DetectorState {
  readonly version: 1;
  /** As in the detector's options; `maxRegimeLength: null` stands for Infinity, which JSON cannot say. */
  readonly options: Omit<Required<DetectorOptions>, 'maxRegimeLength'> & {
    readonly maxRegimeLength: number | null;
  };
  /** Points pushed so far. */
  readonly length: number;
  /** 0-based index of the first point of the current regime. */
  readonly regimeStart: number;
  /** The points of the current regime, oldest first: from `regimeStart` to `length`. */
  readonly regime: readonly number[];
}

/**
 * The parts of a state, checked; the options are left for the detector to check.
 *
 * @throws RangeError naming the part of the state that cannot be
 */
export function restoreState(state: DetectorState): {
  readonly options: DetectorOptions;
  readonly length: number;
  readonly regimeStart: number;
  readonly regime: Float64Array;
} {
  if (state?.version !== 1) throw new RangeError(`state.version must be 1, got ${show(state?.version)}`);
  const { options, length, regimeStart, regime } = state;
  if (typeof options !== 'object' || options === null) {
    throw new RangeError(`state.options must be an object, got ${show(options)}`);
  }
  if (!Array.isArray(regime)) throw new RangeError(`state.regime must be an array, got ${show(regime)}`);
  if (!Number.isSafeInteger(regimeStart) || regimeStart < 0) {
    throw new RangeError(`state.regimeStart must be an integer of at least 0, got ${show(regimeStart)}`);
  }
  if (length !== regimeStart + regime.length) {
    throw new RangeError(
      `state.length must be regimeStart plus the points of the regime (${regimeStart + regime.length}), got ${show(length)}`,
    );
  }
  return {
    options: { ...options, maxRegimeLength: options.maxRegimeLength ?? Number.POSITIVE_INFINITY },
    length,
    regimeStart,
    regime: checkedSeries(regime, 'state.regime'),
  };
}
