import type { ChangePoint, RegimeMemory, ResolvedOptions } from '@aed/core';

/**
 * The end of a regime, or of its older half. It comes at a change point, at a set point (the regime has grown too long), or
 * when there are more tested events than a regime may hold.
 */
export interface Reset {
  /** The change point; absent at a set point. Its indexes are those of the core: the regime begins at `start`. */
  readonly found?: ChangePoint;
  readonly start: number;
  /** How many of the first points are not in the next regime. */
  readonly dropped: number;
  /** At how many points of the regime a test has ended, the last of which caused the reset; absent if none did. */
  readonly tested?: number;
  /** The memory with which the next regime starts. */
  readonly memory: RegimeMemory | undefined;
}

/** Where a regime stands: parts of the HEAD of its series. */
export interface Standing {
  /** The regime starts with the event after this key; if absent, with the first event of the series. */
  readonly after: string | undefined;
  /** A test has ended at every event up to this key. */
  readonly testedThrough: string | undefined;
  /** What the regimes before left to this one. */
  readonly memory: RegimeMemory | undefined;
  readonly options: ResolvedOptions;
}

/**
 * Whether the same points are tested alike. With other options, set points may have come at other places before the same regime began; then its
 * memory differs.
 */
export function isTestedAlike(one: Standing, other: Standing): boolean {
  // Mostly they are the very same objects, and need not be compared as texts.
  if (one.options === other.options && one.memory === other.memory) return true;
  const text = ({ options, memory }: Standing) => JSON.stringify([options, memory]);
  return text(one) === text(other);
}
