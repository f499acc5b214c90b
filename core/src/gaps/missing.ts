import { check, checkedValue } from '../check.ts';

/** What is done with places of a series that have no value. */
export interface MissingValues {
  /**
   * `'throw'`, the default: what is not a finite number is an error. `'skip'`: NaN, null and undefined are missing. No test ends there, and
   * the indices in the answer count them. Infinity stays an error.
   */
  readonly missing?: 'throw' | 'skip';
}

/** A value, or what stands where there is none. */
export type MaybeMissing = number | null | undefined;

/**
 * Whether missing values are skipped.
 *
 * @throws RangeError if something else is asked for
 */
export function skipsMissing({ missing = 'throw' }: MissingValues = {}): boolean {
  check(missing === 'throw' || missing === 'skip', 'missing', "'throw' or 'skip'", missing);
  return missing === 'skip';
}

export function isMissing(value: MaybeMissing): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

/**
 * A copy of a series, with NaN where a value is skipped.
 *
 * @throws RangeError naming the first value that is neither finite nor skipped
 */
export function checkedSeriesWithGaps(series: ArrayLike<MaybeMissing>, how?: MissingValues): Float64Array {
  const skips = skipsMissing(how);
  return Float64Array.from(series, (value, index) =>
    skips && isMissing(value) ? Number.NaN : checkedValue(value as number, index),
  );
}
