/** Room for the first of two neighbours. All merges share it, since each ends before the next one begins. */
let room = new Float64Array(16);

/** Merges two neighbours in a list, each in ascending order. */
export function mergeSorted(values: Float64Array, start: number, middle: number, end: number): void {
  const count = middle - start;
  if (room.length < count) room = new Float64Array(2 * count);
  const first = room;
  for (let index = 0; index < count; index++) first[index] = values[start + index] as number;
  let index = 0;
  let next = middle;
  // Once the first one's values are placed, the rest of the second stands where it belongs.
  for (let place = start; index < count; place++) {
    if (next < end && (values[next] as number) < (first[index] as number))
      values[place] = values[next++] as number;
    else values[place] = first[index++] as number;
  }
}
