import type { DetectorState } from './detector-state.ts';

/** Bytes before the points. */
const header = 64;
/** The choices of `restart`, in the order of their codes. */
const restarts = ['detection', 'change'] as const;

/**
 * The state that bytes of version 1 hold, which are no longer written.
 *
 * They are little-endian doubles: version (1), alpha, practicalThreshold, startup, window, restart (0 for 'detection', 1 for
 * 'change'), maxRegimeLength, regimeStart; then the points of the regime.
 *
 * @returns `undefined` if the bytes are not those of a state of this version
 */
export function stateFromVersion1(view: DataView): DetectorState | undefined {
  const { byteLength } = view;
  const at = (index: number) => view.getFloat64(8 * index, true);
  if (byteLength < header || byteLength % 8 !== 0 || at(0) !== 1) return undefined;
  const restart = restarts[at(5)];
  if (restart === undefined) return undefined;
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
