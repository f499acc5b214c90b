/** The smallest and the largest double in the range of DynamoDB's decimal numbers, which ends before 1e126. */
const smallest = 1e-130;
const largest = 9.999999999999998e125;

/**
 * Whether DynamoDB holds this double exactly: zero, or a magnitude from 1e-130 below 1e126.
 *
 * Within that range a double round-trips: DynamoDB keeps 38 decimal digits, and 17 tell any two doubles apart.
 */
export function isStorable(value: number): boolean {
  const magnitude = Math.abs(value);
  return value === 0 || (magnitude >= smallest && magnitude <= largest);
}

/**
 * The storable number nearest to a *derived* figure. A p-value below 1e-130 becomes 0; a difference of two extreme
 * readings is capped. Readings themselves are never changed: one that cannot be stored is quarantined.
 */
export function nearestStorable(value: number): number {
  if (Math.abs(value) < smallest) return 0;
  return Math.max(-largest, Math.min(largest, value));
}
