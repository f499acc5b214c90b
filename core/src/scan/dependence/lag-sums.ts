import { at } from '../../float-list.ts';

/** The newest points that sums are pooled of, those of earlier regimes included. */
export const mostPooled = 2048;

/** Points of a block. */
export const blockLength = 128;

/** The distances in time at which the scores of a block are compared: up to a quarter of it. */
export const blockLags = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32] as const;

/** How much the scores of neighbours resemble each other, summed over blocks or stretches. */
export interface LagSums {
  /** Σ score², then the sums of products at each lag. */
  readonly products: Float64Array;
  /** How many products each has. */
  readonly pairs: Float64Array;
  /** The number of points, of blocks or stretches, and of points times the share of the pairs of their block that is closer than δ. */
  readonly counts: Float64Array;
}

/** The sums of nothing, at so many lags. */
export function emptySums(): LagSums {
  const length = blockLags.length + 1;
  return {
    products: new Float64Array(length),
    pairs: new Float64Array(length),
    counts: new Float64Array(3),
  };
}

/** Adds a share of some sums to others. */
export function addSums(sums: LagSums, added: LagSums, share = 1): void {
  for (const part of ['products', 'pairs', 'counts'] as const) {
    const [into, from] = [sums[part], added[part]];
    for (let index = 0; index < into.length; index++) into[index] = at(into, index) + share * at(from, index);
  }
}

/** Fills up some sums to `mostPooled` points with what earlier regimes left. */
export function fillUp(sums: LagSums, before: LagSums | undefined): void {
  if (before !== undefined) addSums(sums, before, shareToFill(before, pooledPoints(sums)));
}

/** The share of what earlier regimes left that fills up so many points. */
export function shareToFill(before: LagSums, points: number): number {
  const known = pooledPoints(before);
  return known === 0 ? 0 : Math.min(1, Math.max(0, mostPooled - points) / known);
}

/** The points that some sums are of. */
export function pooledPoints({ counts }: LagSums): number {
  return at(counts, 0);
}

/** The share of the pairs of a block that is closer than δ, on average. */
export function closeShareOf({ counts }: LagSums): number {
  return at(counts, 0) === 0 ? 0 : at(counts, 2) / at(counts, 0);
}

/** The sums as numbers for another regime to read. @param mark - what tells them from other numbers: the threshold, if there is one */
export function memoryOf({ products, pairs, counts }: LagSums, mark: number): number[] {
  return [mark, ...products, ...pairs, ...counts];
}

/** How many numbers a memory of sums has. */
export const lengthOfMemory = memoryOf(emptySums(), 0).length;

/** The sums in a memory that begins with such numbers; `undefined` in any other. */
export function sumsIn(memory: readonly number[] | undefined, mark: number): LagSums | undefined {
  const sums = emptySums();
  const { products, pairs, counts } = sums;
  if (memory === undefined || memory.length < lengthOfMemory || memory[0] !== mark) return undefined;
  products.set(memory.slice(1, 1 + products.length));
  pairs.set(memory.slice(1 + products.length, lengthOfMemory - counts.length));
  counts.set(memory.slice(lengthOfMemory - counts.length, lengthOfMemory));
  return areOfScores(sums) ? sums : undefined;
}

/** Whether scores, which are at most 1 in size, can have these sums: a memory may come from anywhere. So no estimate that is made of them is beyond the doubles. */
function areOfScores({ products, pairs, counts }: LagSums): boolean {
  const square = at(products, 0);
  return (
    at(counts, 0) > 0 &&
    [...pairs, ...counts].every((count) => count >= 0) &&
    at(counts, 2) <= at(counts, 0) &&
    2 * at(pairs, 1) >= at(pairs, 0) &&
    square <= at(pairs, 0) &&
    products.every((product) => Math.abs(product) <= square)
  );
}
