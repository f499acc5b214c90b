/**
 * A finite number, −0 as 0.
 *
 * @throws RangeError if it is not a finite number
 */
export function checkedValue(value: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new RangeError(
      `value must be a finite number, got ${typeof value === 'string' ? `'${value}'` : value}`,
    );
  }
  return value + 0;
}

/** A copy of a series as doubles. @throws RangeError naming the first value that is not a finite number, and its index */
export function checkedSeries(series: ArrayLike<number>): Float64Array {
  return Float64Array.from(series, (value, index) => {
    try {
      return checkedValue(value);
    } catch (error) {
      throw new RangeError(`${(error as RangeError).message} at index ${index}`);
    }
  });
}
