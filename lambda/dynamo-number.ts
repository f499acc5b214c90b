/** The smallest and the largest double in the range of DynamoDB's decimal numbers, which ends before 1e126. */
const smallest = 1e-130;
const largest = 9.999999999999998e125;

/**
 * Whether DynamoDB holds this double exactly: zero, or a magnitude from 1e-130 below 1e126.
 *
 * Within that range 38 decimal digits are more than the 17 that tell any two doubles apart, so it round-trips.
 */
export function isStorable(value: number): boolean {
  const magnitude = Math.abs(value);
  return value === 0 || (magnitude >= smallest && magnitude <= largest);
}

/**
 * The storable number nearest to a *derived* figure: a p-value below 1e-130 becomes 0, a difference of two extreme
 * readings saturates. Readings themselves are never bent: one that is not storable is quarantined.
 */
export function nearestStorable(value: number): number {
  if (Math.abs(value) < smallest) return 0;
  return Math.max(-largest, Math.min(largest, value));
}
