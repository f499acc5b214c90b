/**
 * P(after > before) + ½ P(equal) over all pairs of the two sides: 1 if every later point is higher, ½ if neither side is.
 *
 * Also called the probability of superiority, or the area under the ROC curve. Cost: O(m + n).
 *
 * @param before - in ascending order, not empty
 * @param after - in ascending order, not empty
 */
export function superiority(before: ArrayLike<number>, after: ArrayLike<number>): number {
  let below = 0;
  let notAbove = 0;
  let halves = 0;
  for (let index = 0; index < after.length; index++) {
    const value = after[index] as number;
    while (below < before.length && (before[below] as number) < value) below++;
    while (notAbove < before.length && (before[notAbove] as number) <= value) notAbove++;
    halves += below + notAbove;
  }
  return halves / (2 * before.length * after.length);
}
