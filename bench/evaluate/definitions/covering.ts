/**
 * How well the stretches between reported places cover those between marked places: from 0 to 1, the mean over the annotators.
 *
 * Each marked stretch is matched with the reported stretch of the largest Jaccard index. The covering is the mean of these
 * indexes, weighted by the lengths of the marked stretches.
 * Source: van den Burg & Williams (2020), after Arbeláez, Maire, Fowlkes & Malik (2011).
 * Cost: O(marked · reported) time.
 *
 * @param annotators - the marks of each annotator: 0-based index of the first point after a change; at least one annotator
 * @param reported - places of the same kind
 * @param length - number of points of the series, at least 1
 * @example covering([[50]], [], 100) // => 0.5
 */
export function covering(
  annotators: readonly (readonly number[])[],
  reported: readonly number[],
  length: number,
): number {
  const given = stretches(reported, length);
  const each = annotators.map((marked) => {
    const parts = stretches(marked, length).map((one) => size(one) * bestMatch(one, given));
    return sum(parts) / length;
  });
  return sum(each) / each.length;
}

/** Consecutive points, from `start` until before `end`. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

function stretches(places: readonly number[], length: number): readonly Stretch[] {
  const starts = [...new Set([0, ...places])].sort((a, b) => a - b);
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? length }));
}

function bestMatch(one: Stretch, others: readonly Stretch[]): number {
  return others.reduce((best, other) => Math.max(best, jaccard(one, other)), 0);
}

function jaccard(a: Stretch, b: Stretch): number {
  const common = Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
  return common / (size(a) + size(b) - common);
}

function size({ start, end }: Stretch): number {
  return end - start;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
