import { at } from './float-list.ts';

/** How many ascending values, from `from` up to `to`, at least one, are less than a bound. */
export function countBelow(values: Float64Array, from: number, to: number, bound: number): number {
  let place = from;
  let length = to - from;
  // Halving with one choice a step, which the processor makes without a jump that it could guess wrong.
  while (length > 1) {
    const half = length >> 1;
    if (at(values, place + half - 1) < bound) place += half;
    length -= half;
  }
  return place - from + (at(values, place) < bound ? 1 : 0);
}

/** The same for those that are at most the bound. */
export function countUpTo(values: Float64Array, from: number, to: number, bound: number): number {
  let place = from;
  let length = to - from;
  while (length > 1) {
    const half = length >> 1;
    if (at(values, place + half - 1) <= bound) place += half;
    length -= half;
  }
  return place - from + (at(values, place) <= bound ? 1 : 0);
}

/** `at` for counts and places. */
export function countAt(list: Int32Array, index: number): number {
  return list[index] as number;
}
