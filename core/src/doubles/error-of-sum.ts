/**
 * What the rounded sum of two doubles lacks, exactly; not a number if the sum is infinite. Source: Dekker (1971).
 *
 * The smaller one is compared with what of it is in the sum: no step exceeds the doubles unless the sum does.
 */
export function errorOfSum(a: number, b: number, sum: number): number {
  return Math.abs(a) < Math.abs(b) ? a - (sum - b) : b - (sum - a);
}
