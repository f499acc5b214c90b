import { detectChangePoints } from './detect-change-points.ts';
import { checkedSeriesWithGaps, isMissing, type MaybeMissing, type MissingValues } from './gaps/missing.ts';
import { medianOfSorted } from './median.ts';
import type { DetectorOptions } from './options.ts';

/** A stretch of a series at one level. */
export interface Segment {
  /** 0-based index of its first point. */
  readonly start: number;
  /** 0-based index after its last point. */
  readonly end: number;
  /** Median of its points, in the unit of the data. */
  readonly median: number;
}

/**
 * The series cut at its change points: stretches at one level that follow each other from the first point to the last.
 *
 * Cost: that of `detectChangePoints`, and O(n log n) for the medians. Memory: two copies of the series.
 *
 * @param series - oldest first, finite, in the caller's unit; not modified
 * @param how - what to do with missing values; by default they are an error
 * @returns no segment for a series without a value
 * @throws RangeError if a value is not finite and not skipped, or an option is out of bounds
 * @example segments([...Array(20).fill(0), ...Array(20).fill(5)]) // => [{ start: 0, end: 20, median: 0 }, { start: 20, end: 40, median: 5 }]
 */
export function segments(
  series: ArrayLike<number>,
  options?: DetectorOptions,
  how?: MissingValues,
): Segment[];
export function segments(
  series: ArrayLike<MaybeMissing>,
  options: DetectorOptions | undefined,
  how: { readonly missing: 'skip' },
): Segment[];
export function segments(
  series: ArrayLike<MaybeMissing>,
  options?: DetectorOptions,
  how?: MissingValues,
): Segment[] {
  const values = checkedSeriesWithGaps(series, how);
  const cuts = detectChangePoints(values, options, how).map(({ changedAt }) => changedAt);
  return [0, ...cuts].flatMap((start, index) => {
    const end = cuts[index] ?? values.length;
    const present = values.slice(start, end).filter((value) => !isMissing(value));
    return present.length > 0 ? [{ start, end, median: medianOfSorted(present.sort()) }] : [];
  });
}
