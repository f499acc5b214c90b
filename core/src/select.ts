/**
 * The value with `rank` others before it in ascending order; the values are left partly sorted around it.
 *
 * Source: Hoare (1961), Algorithm 65. Cost: O(n) on average, no memory.
 *
 * @param rank - 0 to n − 1
 */
export function selectInPlace(values: Float64Array, rank: number): number {
  let first = 0;
  let last = values.length - 1;
  while (first < last) {
    const pivot = values[(first + last) >> 1] as number;
    let left = first;
    let right = last;
    while (left <= right) {
      while ((values[left] as number) < pivot) left++;
      while ((values[right] as number) > pivot) right--;
      if (left > right) break;
      const swapped = values[left] as number;
      values[left++] = values[right] as number;
      values[right--] = swapped;
    }
    if (rank <= right) last = right;
    else if (rank >= left) first = left;
    else break;
  }
  return values[rank] as number;
}
