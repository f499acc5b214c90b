import { check, checkedPhase, checkedSeries, checkInteger } from './check.ts';
import { Gaps } from './gaps/gaps.ts';
import { type DetectorOptions, optionRows, type ResolvedOptions } from './options.ts';
import type { RegimeMemory } from './regime-test.ts';
import { checkOptions, resolveOptions } from './resolve-options.ts';

/**
 * A detector's state as plain data that survives JSON.
 *
 * The points of `regime` count as tested: they take part in every later test, but no test ends at them again. So a state
 * can also be made by hand, from stored points, to go on with a regime.
 */
export interface DetectorState {
  readonly version: 1;
  /** All options of the detector, but for `maxRegimeLength: Infinity`, which JSON cannot say. */
  readonly options: DetectorOptions;
  /** 0-based index of the first point of the current regime. */
  readonly regimeStart: number;
  /** The points of the current regime, oldest first: from `regimeStart` to the last one pushed. */
  readonly regime: readonly number[];
  /** The place of each of these points in the season; with a period alone. If absent, places are counted from the start of the series. */
  readonly phases?: readonly number[] | undefined;
  /**
   * Where the regime has places without a value, if there are any: the length of a run of points, then that of the missing places after it,
   * in turn. The points after the last gap are not in it.
   */
  readonly gaps?: readonly number[] | undefined;
  /** What the regimes before left to the current one, where the test keeps anything. Finite numbers, for the test alone to read. */
  readonly memory?: readonly number[] | undefined;
}

/**
 * The points of a state's regime.
 *
 * @throws RangeError naming the part of the state that breaks its rule
 */
export function checkedRegime(state: DetectorState): Float64Array {
  check(typeof state !== 'string', 'state', 'the object that toJSON gives', 'text');
  check(state?.version === 1, 'state.version', '1', state?.version);
  check(Array.isArray(state.regime), 'state.regime', 'an array', state.regime);
  checkInteger(state.regimeStart, 'state.regimeStart', 0);
  return checkedSeries(state.regime, 'state.regime');
}

/**
 * The gaps of a state's regime, which has been checked.
 *
 * @throws RangeError naming the part of the state that breaks its rule
 */
export function checkedGaps({ gaps = [], regime, regimeStart }: DetectorState): Gaps {
  check(Array.isArray(gaps), 'state.gaps', 'an array', gaps);
  const checked = Gaps.fromRuns(gaps, regime.length, 'state.gaps');
  const length = regimeStart + regime.length + checked.total;
  check(
    Number.isSafeInteger(length),
    'state.regimeStart',
    'so small that all places can be counted',
    regimeStart,
  );
  return checked;
}

/**
 * The places of a state's points in the season, if it has any.
 *
 * @throws RangeError if there is not one for each point, or one is no place in the season
 */
export function checkedPhases({ regime, phases }: DetectorState, period: number): Float64Array | undefined {
  if (phases === undefined) return undefined;
  check(Array.isArray(phases), 'state.phases', 'an array', phases);
  const rule = `as long as state.regime (${regime.length})`;
  check(phases.length === regime.length, 'state.phases', rule, phases.length);
  return Float64Array.from(phases, (phase, index) =>
    checkedPhase(phase, period, `state.phases at index ${index}`),
  );
}

/**
 * The memory in a state, if there is one.
 *
 * @throws RangeError if it is not an array of finite numbers
 */
export function checkedMemory(
  memory: DetectorState['memory'],
  name = 'state.memory',
): RegimeMemory | undefined {
  if (memory === undefined) return undefined;
  check(Array.isArray(memory), name, 'an array', memory);
  return [...checkedSeries(memory, name)];
}

/** Options for a state: those that JSON can say. */
export function optionsToState(options: ResolvedOptions): DetectorOptions {
  const said = optionRows.filter(([name, row]) => options[name] !== row.absentInJson);
  return Object.fromEntries(said.map(([name]) => [name, options[name]]));
}

/**
 * The options of a state. One that is absent has the value that a state says by leaving it out, where the other options allow it, else its default.
 *
 * @throws RangeError naming the option, its rule and the value; also for a state without options, which is a damaged one
 */
export function optionsFromState({ options }: DetectorState): ResolvedOptions {
  const given: unknown = options ?? null;
  checkOptions(given);
  const absent = optionRows.filter(([, row]) => row.holds(row.absentInJson, { ...given }));
  return resolveOptions({
    ...Object.fromEntries(absent.map(([name, row]) => [name, row.absentInJson])),
    ...given,
  });
}
