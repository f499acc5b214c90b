import { at, grown } from '../float-list.ts';

/**
 * Merges two neighbours in a list, each in ascending order.
 *
 * @param room - for the first one's values
 * @returns the room, made longer where it was too short
 */
export function mergeSorted(
  values: Float64Array,
  start: number,
  middle: number,
  end: number,
  room: Float64Array,
): Float64Array {
  const count = middle - start;
  const first = grown(room, count);
  for (let index = 0; index < count; index++) first[index] = at(values, start + index);
  let index = 0;
  let next = middle;
  // Once the first one's values are placed, the rest of the second stands where it belongs.
  for (let place = start; index < count; place++) {
    if (next < end && at(values, next) < at(first, index)) values[place] = at(values, next++);
    else values[place] = at(first, index++);
  }
  return first;
}
