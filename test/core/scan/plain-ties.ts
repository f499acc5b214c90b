/** 1 − Σ (c³ − c) / (T³ − T) over the values, each of which is there c times. */
export function tieFactor(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const T = values.length;
  if (T < 2) return 0;
  return 1 - [...counts.values()].reduce((sum, count) => sum + count ** 3 - count, 0) / (T ** 3 - T);
}

/** How many values lie in each of the cells between and at up to 128 quantiles of the first 64, 128, 256 … of them, of all below 64. */
export function cellCounts(values: readonly number[]): number[] {
  const points = values.length < 64 ? values.length : 2 ** Math.floor(Math.log2(values.length));
  const sorted = values.slice(0, points).sort((a, b) => a - b);
  const count = Math.min(128, points);
  const step = points / count;
  const lower = Array.from({ length: Math.ceil(count / 2) }, (_, index) => Math.floor((index + 0.5) * step));
  const places = [...lower, ...lower.map((place) => points - 1 - place)];
  const quantiles = [...new Set(places.map((place) => sorted[place] ?? 0))].sort((a, b) => a - b);
  return Array.from({ length: 2 * quantiles.length + 1 }, (_, cell) => {
    const low = quantiles[Math.floor((cell - 1) / 2)] ?? Number.NEGATIVE_INFINITY;
    const high = quantiles[Math.floor(cell / 2)] ?? Number.POSITIVE_INFINITY;
    return values.filter((value) => (cell % 2 === 1 ? value === high : value > low && value < high)).length;
  });
}
