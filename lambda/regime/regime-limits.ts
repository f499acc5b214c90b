/** The bounds of what is kept of regimes beside the events table. */
export interface RegimeLimits {
  /** Points of a chunk. */
  readonly chunkPoints: number;
  /** The newest points of a series, which belong to no chunk: so events that are a little late touch none. */
  readonly newestPoints: number;
  /** A stretch whose first event expires within this time is not made a chunk. */
  readonly leastLifeMs: number;
  /** Points that one instance of the detector remembers, of all its series. */
  readonly rememberedPoints: number;
  /** Points of the series whose detectors it keeps as well, so that they need not be made from the points again. */
  readonly detectorPoints: number;
}

export const regimeLimits: RegimeLimits = {
  chunkPoints: 500,
  newestPoints: 100,
  leastLifeMs: 24 * 3600 * 1000,
  rememberedPoints: 20_000_000,
  detectorPoints: 500_000,
};
