/** A change point, by 0-based indexes of points. */
export interface Reported {
  /** The first point of the new level. */
  readonly changedAt: number;
  /** The point at which it was detected. */
  readonly detectedAt: number;
}
