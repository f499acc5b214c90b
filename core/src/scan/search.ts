import { at } from '../float-list.ts';

/** So few values are counted one by one: faster than to guess wrong at each step of a search. */
const fewValues = 16;

/**
 * How many ascending values, from `from` up to `to`, lie below `value` by more than `offset`.
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
  if (to - from <= fewValues) {
    let count = 0;
    for (let index = from; index < to; index++) count += +(value - at(values, index) > offset);
    return count;
  }
  let place = from;
  for (let length = to - from; length > 0; ) {
    const half = length >> 1;
    if (value - at(values, place + half) > offset) {
      place += half + 1;
      length -= half + 1;
    } else length = half;
  }
  return place - from;
}

/** The same for `offset` or more. */
export function countBelowOrAt(
  values: Float64Array,
  from: number,
  to: number,
  value: number,
  offset: number,
): number {
  if (to - from <= fewValues) {
    let count = 0;
    for (let index = from; index < to; index++) count += +(value - at(values, index) >= offset);
    return count;
  }
  let place = from;
  for (let length = to - from; length > 0; ) {
    const half = length >> 1;
    if (value - at(values, place + half) >= offset) {
      place += half + 1;
      length -= half + 1;
    } else length = half;
  }
  return place - from;
}

/** `at` for counts and places. */
export function countAt(list: Int32Array, index: number): number {
  return list[index] as number;
}
