import { at } from '../float-list.ts';

/**
 * How many ascending values, from `from` up to `to`, at least one, lie below `value` by more than `offset`.
 *
 * The difference is rounded once and then compared, as everywhere in this package.
 */
export function countBelow(
  values: Float64Array,
  from: number,
  to: number,
  value: number,
  offset: number,
): number {
  let place = from;
  let length = to - from;
  // Halving with one choice a step, which the processor makes without a jump that it could guess wrong.
  while (length > 1) {
    const half = length >> 1;
    if (value - at(values, place + half - 1) > offset) place += half;
    length -= half;
  }
  return place - from + (value - at(values, place) > offset ? 1 : 0);
}

/** The same for `offset` or more. */
export function countBelowOrAt(
  values: Float64Array,
  from: number,
  to: number,
  value: number,
  offset: number,
): number {
  let place = from;
  let length = to - from;
  while (length > 1) {
    const half = length >> 1;
    if (value - at(values, place + half - 1) >= offset) place += half;
    length -= half;
  }
  return place - from + (value - at(values, place) >= offset ? 1 : 0);
}

/** `at` for counts and places. */
export function countAt(list: Int32Array, index: number): number {
  return list[index] as number;
}
