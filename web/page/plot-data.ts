/** A change to draw. Its places are values of the x axis. */
export interface PlottedChange {
  readonly direction: 'up' | 'down';
  /** The first point of the new level. */
  readonly changedAt: number;
  /** Where it may be: a 95 % interval, if it is known. */
  readonly interval?: { readonly from: number; readonly to: number };
  /** The point at which it was detected. */
  readonly detectedAt: number;
  /** The first point of the level before. */
  readonly from: number;
  /** The two levels: medians, or means where only these moved. */
  readonly before: number;
  readonly after: number;
}

export interface PlotData {
  /** Ascending: epoch milliseconds on a plot over time, otherwise the numbers of the points. */
  readonly x: Float64Array | number[];
  readonly y: Float64Array | number[];
  readonly changePoints: readonly PlottedChange[];
  /** Changes for comparison, drawn faintly along the bottom. */
  readonly compared?: readonly PlottedChange[];
  /** The level at the end of the data, since the last change. */
  readonly level?: { readonly from: number; readonly value: number };
}
