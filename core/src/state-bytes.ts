import type { DetectorState } from './detector-state.ts';
import { resolveOptions } from './options.ts';

/** The choices of `restart`, in the order of their codes. */
const restarts = ['detection', 'change'] as const;

/** Numbers before the points. */
const header = 8;

/**
 * A state as bytes: 64, and 8 more for each point of the regime.
 *
 * They are doubles in the byte order of the machine, which is little-endian almost everywhere; one of the other kind
 * refuses them, since it cannot read the version. The first eight: version (1), alpha, practicalThreshold, startup, window,
 * restart (0 for 'detection', 1 for 'change'), maxRegimeLength (Infinity for none), regimeStart. The others: the points
 * of the regime.
 */
export function stateToBytes({ version, options, regimeStart, regime }: DetectorState): Uint8Array {
  const { alpha, practicalThreshold, startup, window, restart, maxRegimeLength } = resolveOptions(options);
  const settings = [alpha, practicalThreshold, startup, window, restarts.indexOf(restart), maxRegimeLength];
  return new Uint8Array(Float64Array.from([version, ...settings, regimeStart, ...regime]).buffer);
}

/**
 * The state that bytes hold; what is in it is left for the detector to check.
 *
 * @throws RangeError if the bytes are not those of a state of this version
 */
export function stateFromBytes(bytes: Uint8Array): DetectorState {
  const { length } = bytes;
  const numbers = length % 8 === 0 ? new Float64Array(Uint8Array.from(bytes).buffer) : new Float64Array();
  const [version, alpha = 0, practicalThreshold = 0, startup = 0, window = 0, restartCode = 0] = numbers;
  const [maxRegimeLength = 0, regimeStart = 0, ...regime] = numbers.subarray(6);
  const restart = restarts[restartCode];
  if (version !== 1 || numbers.length < header || restart === undefined) {
    throw new RangeError(`bytes must be a state of version 1, got ${length} that are not`);
  }
  const options = { alpha, practicalThreshold, startup, window, restart, maxRegimeLength };
  return { version, options, regimeStart, regime };
}
