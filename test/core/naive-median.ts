/** The median, as slow and as plain as can be. */
export function naiveMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  const [a = Number.NaN, b = a] = middle;
  return Number.isFinite(a + b) ? (a + b) / 2 : a / 2 + b / 2;
}
