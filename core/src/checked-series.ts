import { check } from './check.ts';

/**
 * A finite number, −0 as 0.
 *
 * @param name - what holds the number, for the error
 * @throws RangeError if it is not a finite number
 */
export function checkedValue(value: number, index: number, name = 'value'): number {
  check(Number.isFinite(value), `${name} at index ${index}`, 'a finite number', value);
  return value + 0;
}

/**
 * A copy of a series as doubles.
 *
 * @throws RangeError naming the first value that is not a finite number, and its index
 */
export function checkedSeries(series: ArrayLike<number>, name?: string): Float64Array {
  return Float64Array.from(series, (value, index) => checkedValue(value, index, name));
}
