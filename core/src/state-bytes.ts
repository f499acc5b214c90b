import type { DetectorState } from './detector-state.ts';

const restarts = ['detection', 'change'] as const;
/** Numbers before the points. */
const header = 8;

/**
 * A state as bytes: 64, and 8 more for each point of the regime.
 *
 * They are doubles, little-endian. The first eight: version (1), alpha, practicalThreshold, startup, window, restart (0 for
 * 'detection', 1 for 'change'), maxRegimeLength (Infinity for null), regimeStart. The others: the points of the regime.
 */
export function stateToBytes({ version, options, regimeStart, regime }: DetectorState): Uint8Array {
  const { alpha, practicalThreshold, startup, window, restart, maxRegimeLength } = options;
  const view = new DataView(new ArrayBuffer(8 * (header + regime.length)));
  [
    version,
    alpha,
    practicalThreshold,
    startup,
    window,
    restarts.indexOf(restart),
    maxRegimeLength ?? Number.POSITIVE_INFINITY,
    regimeStart,
    ...regime,
  ].forEach((number, index) => {
    view.setFloat64(8 * index, number, true);
  });
  return new Uint8Array(view.buffer);
}

/**
 * The state that bytes hold; what is in it is left for the detector to check.
 *
 * @throws RangeError if the bytes are not those of a state of this version
 */
export function stateFromBytes(bytes: Uint8Array): DetectorState {
  const numbers = bytes.byteLength / 8;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = (index: number) => view.getFloat64(8 * index, true);
  const restart = numbers < header ? undefined : restarts[at(5)];
  if (!Number.isInteger(numbers) || restart === undefined || at(0) !== 1) {
    throw new RangeError(`bytes must be a state of version 1, got ${bytes.byteLength} that are not`);
  }
  return {
    version: 1,
    options: {
      alpha: at(1),
      practicalThreshold: at(2),
      startup: at(3),
      window: at(4),
      restart,
      maxRegimeLength: at(6),
    },
    length: at(7) + numbers - header,
    regimeStart: at(7),
    regime: Array.from({ length: numbers - header }, (_, index) => at(header + index)),
  };
}
