import { check, checkInteger } from './check.ts';

/** The ways to restart, in the order of their codes in a state's bytes. */
export const restarts = ['detection', 'change'] as const;

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
  maxRegimeLength: Infinity,
};

/**
 * The options with their defaults, checked and frozen.
 *
 * @throws RangeError naming the option, its rule and the value, for an option out of bounds or one that does not exist
 */
export function resolveOptions(given: DetectorOptions = {}): Required<DetectorOptions> {
  check(typeof given === 'object' && given !== null, 'options', 'an object', given);
  const options: Record<string, unknown> & Required<DetectorOptions> = { ...defaults };
  for (const [name, value] of Object.entries(given)) {
    check(Object.hasOwn(defaults, name), 'option', `one of ${Object.keys(defaults).join(', ')}`, name);
    if (value !== undefined) options[name] = value;
  }
  const { alpha, practicalThreshold, startup, window, restart, maxRegimeLength } = options;
  check(
    Number.isFinite(alpha) && alpha > 0 && alpha < 1,
    'alpha',
    'a number greater than 0 and less than 1',
    alpha,
  );
  check(
    Number.isFinite(practicalThreshold) && practicalThreshold >= 0,
    'practicalThreshold',
    'a finite number of at least 0',
    practicalThreshold,
  );
  checkInteger(startup, 'startup', 2);
  checkInteger(window, 'window', 0);
  check(restarts.includes(restart), 'restart', `'${restarts.join("' or '")}'`, restart);
  check(
    maxRegimeLength === Infinity || (Number.isSafeInteger(maxRegimeLength) && maxRegimeLength >= 2 * startup),
    'maxRegimeLength',
    `an integer of at least 2 · startup (${2 * startup}), or Infinity`,
    maxRegimeLength,
  );
  return Object.freeze(options);
}
