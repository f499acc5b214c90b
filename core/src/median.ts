/** The median of values in ascending order: with an even count the mean of the two in the middle. `NaN` of none. */
export function medianOfSorted(sorted: ArrayLike<number>): number {
  const { length } = sorted;
  if (length === 0) return Number.NaN;
  return mean(sorted[(length - 1) >> 1] as number, sorted[length >> 1] as number);
}

/** Their mean, also where their sum is beyond the doubles. Never outside the two. */
export function mean(a: number, b: number): number {
  const sum = a + b;
  return Number.isFinite(sum) ? sum / 2 : a / 2 + b / 2;
}
