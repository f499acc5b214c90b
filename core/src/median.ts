/** The median of values in ascending order, at least one: with an even count the mean of the two in the middle. */
export function medianOfSorted(sorted: ArrayLike<number>): number {
  const { length } = sorted;
  return mean(sorted[(length - 1) >> 1] as number, sorted[length >> 1] as number);
}

/** Their mean, also where their sum is beyond the doubles. Never outside the two. */
export function mean(a: number, b: number): number {
  const sum = a + b;
  return Number.isFinite(sum) ? sum / 2 : a / 2 + b / 2;
}
