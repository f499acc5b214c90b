import { show } from './show.ts';

/** How a detector tests, measures and resets. Every field may be left out. */
export interface DetectorOptions {
  /** Significance level of each test: 0 < alpha < 1. Not a rate of false alarms, since every point is tested. Default 0.01. */
  readonly alpha?: number;
  /** Changes smaller than this are not reported; in the unit of the data, ≥ 0. Default 0. */
  readonly practicalThreshold?: number;
  /** Points of a regime before its first test; an integer ≥ 2. Default 5. */
  readonly startup?: number;
  /** Points on each side of the change that the magnitude ignores; an integer ≥ 0. Default 5. */
  readonly window?: number;
  /** Where the next regime starts: after the point of detection, or with the first point of the new level. Default `'detection'`. */
  readonly restart?: 'detection' | 'change';
  /** At this many points a regime is cut to its newest half; an integer ≥ 2 · startup, or Infinity. Default Infinity. */
  readonly maxRegimeLength?: number;
}

const defaults: Required<DetectorOptions> = {
  alpha: 0.01,
  practicalThreshold: 0,
  startup: 5,
  window: 5,
  restart: 'detection',
  maxRegimeLength: Number.POSITIVE_INFINITY,
};

/**
 * The options with their defaults, checked and frozen.
 *
 * @throws RangeError naming the option, its rule and the value, for an option out of bounds or one that does not exist
 */
export function resolveOptions(given: DetectorOptions = {}): Required<DetectorOptions> {
  if (typeof given !== 'object' || given === null) {
    throw new RangeError(`options must be an object, got ${show(given)}`);
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(defaults, name)) {
      throw new RangeError(`option must be one of ${Object.keys(defaults).join(', ')}, got ${show(name)}`);
    }
  }
  const options = { ...defaults, ...definedOnly(given) };
  const { alpha, practicalThreshold, startup, window, restart, maxRegimeLength } = options;
  check('alpha', alpha, 'a number greater than 0 and less than 1', isNumber(alpha) && alpha > 0 && alpha < 1);
  check(
    'practicalThreshold',
    practicalThreshold,
    'a finite number of at least 0',
    isNumber(practicalThreshold) && practicalThreshold >= 0 && practicalThreshold < Number.POSITIVE_INFINITY,
  );
  check('startup', startup, 'an integer of at least 2', Number.isSafeInteger(startup) && startup >= 2);
  check('window', window, 'an integer of at least 0', Number.isSafeInteger(window) && window >= 0);
  check('restart', restart, "'detection' or 'change'", restart === 'detection' || restart === 'change');
  check(
    'maxRegimeLength',
    maxRegimeLength,
    `an integer of at least 2 · startup (${2 * startup}), or Infinity`,
    maxRegimeLength === Number.POSITIVE_INFINITY ||
      (Number.isSafeInteger(maxRegimeLength) && maxRegimeLength >= 2 * startup),
  );
  return Object.freeze(options);
}

/** @throws RangeError unless the threshold is a finite number of at least 0 */
export function resolveThreshold(given: { readonly practicalThreshold?: number } = {}): number {
  const { practicalThreshold = 0, ...others } = given;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new RangeError(`option must be practicalThreshold, got ${show(unknown)}`);
  return resolveOptions({ practicalThreshold }).practicalThreshold;
}

function definedOnly(given: DetectorOptions): DetectorOptions {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function check(name: string, value: unknown, rule: string, holds: boolean): void {
  if (!holds) throw new RangeError(`${name} must be ${rule}, got ${show(value)}`);
}
