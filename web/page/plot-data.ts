/** A change as it is drawn; places are on the x axis of the data. */
export interface PlottedChange {
  readonly direction: 'up' | 'down';
  /** The first point of the new level. */
  readonly changedAt: number;
  /** The point at which this was known. */
  readonly detectedAt: number;
  /** The first point of the level before. */
  readonly from: number;
  /** Medians of the two sides. */
  readonly before: number;
  readonly after: number;
}

export interface PlotData {
  /** Ascending; epoch milliseconds on a plot over time, else numbers of points. */
  readonly x: Float64Array | number[];
  readonly y: Float64Array | number[];
  readonly changePoints: readonly PlottedChange[];
  /** Changes to compare with, drawn faintly along the bottom. */
  readonly compared?: readonly PlottedChange[];
  /** The level at the end of the data, since the last change. */
  readonly level?: { readonly from: number; readonly median: number };
}
