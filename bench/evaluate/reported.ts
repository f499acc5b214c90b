/** A change point by the numbers of its points, from 0. */
export interface Reported {
  /** The first point of the new level. */
  readonly changedAt: number;
  /** The point at which this was known. */
  readonly detectedAt: number;
}
