export interface PlainPlace {
  readonly mode: number;
  readonly interval: { readonly from: number; readonly to: number };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Of all ranges that hold the mode and a share of the weight the shortest, of several the earliest; or what is left of it, if that is nearer to that share. */
export function plainInterval(
  logWeights: ReadonlyMap<number, number>,
  level: number,
  canBeMode: (t: number) => boolean = () => true,
): PlainPlace {
  const candidates = [...logWeights].filter(([t]) => canBeMode(t));
  const heaviest = Math.max(...candidates.map(([, weight]) => weight));
  const mode = candidates.find(([, weight]) => weight > heaviest - 1e-9)?.[0] ?? 0;
  const most = Math.max(...logWeights.values());
  const weights = [...logWeights].map(([t, weight]) => [t, Math.exp(weight - most)] as const);
  const total = sum(weights.map(([, weight]) => weight));
  const shareIn = (from: number, to: number) =>
    sum(weights.map(([t, weight]) => (from <= t && t <= to ? weight : 0))) / total;
  const places = weights.map(([t]) => t);
  const ranges = places
    .flatMap((from) => places.map((to) => ({ from, to, share: shareIn(from, to) })))
    .filter(({ from, to }) => from <= mode && mode <= to);
  const shortest = (share: number) =>
    ranges
      .filter((range) => range.share >= share - 1e-9)
      .reduce((best, range) => (range.to - range.from < best.to - best.from ? range : best));
  const enough = shortest(level);
  const ends = [enough.from, enough.to].filter((end) => end !== mode);
  const fewer = enough.share - Math.min(...ends.map((end) => shareIn(end, end)));
  const { from, to } = level - fewer < enough.share - level ? shortest(fewer) : enough;
  return { mode, interval: { from, to } };
}
