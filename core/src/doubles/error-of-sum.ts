/** What the rounded sum of two doubles lacks, exactly; not a number if the sum is infinite. Source: Knuth (1969). */
export function errorOfSum(a: number, b: number, sum: number): number {
  const bRounded = sum - a;
  return a - (sum - bRounded) + (b - bRounded);
}
