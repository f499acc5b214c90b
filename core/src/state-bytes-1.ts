import type { DetectorState } from './detector-state.ts';

/** Bytes before the points. */
const header = 64;
/** The choices of `restart`, in the order of their codes. */
const restarts = ['detection', 'change'] as const;

/** Whether bytes begin with version 1. */
export function startsVersion1(view: DataView): boolean {
  return view.byteLength >= 8 && view.getFloat64(0, true) === 1;
}

/**
 * The state that bytes of version 1 hold, which are no longer written.
 *
 * They are little-endian doubles: version (1), alpha, practicalThreshold, startup, window, restart (0 for 'detection', 1 for
 * 'change'), maxRegimeLength, regimeStart; then the points of the regime.
 *
 * @throws RangeError if the bytes are not those of a state of this version
 */
export function stateFromVersion1(view: DataView): DetectorState {
  const { byteLength } = view;
  const at = (index: number) => view.getFloat64(8 * index, true);
  const restart = byteLength >= header ? restarts[at(5)] : undefined;
  if (byteLength % 8 !== 0 || restart === undefined) {
    throw new RangeError(`bytes must be a state of version 1, got ${byteLength} that are not`);
  }
  const options = {
    alpha: at(1),
    practicalThreshold: at(2),
    startup: at(3),
    window: at(4),
    restart,
    maxRegimeLength: at(6),
  };
  const regime = Array.from({ length: (byteLength - header) / 8 }, (_, index) => at(8 + index));
  return { version: 1, options, regimeStart: at(7), regime };
}
