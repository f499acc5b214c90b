/** A moment, to the nanosecond. */
export interface Instant {
  /** Epoch milliseconds, UTC. */
  readonly ms: number;
  /** Nanoseconds after that millisecond, from 0 to 999,999. */
  readonly ns: number;
}

/** Nanoseconds after the millisecond, from the digits after the decimal mark of a second. Digits beyond nine are dropped. */
export function nanosecondsOf(fraction: string): number {
  return Number(fraction.slice(3, 9).padEnd(6, '0'));
}

/** Milliseconds, from the digits after the decimal mark of a second. */
export function millisecondsOf(fraction: string): number {
  return Number(fraction.slice(0, 3).padEnd(3, '0'));
}

/** ISO 8601 in UTC; digits beyond the second only where they are not 0. */
export function isoInstant({ ms, ns }: Instant): string {
  const iso = new Date(ms).toISOString();
  if (ns === 0) return iso.replace('.000Z', 'Z');
  return `${iso.slice(0, -1)}${String(ns).padStart(6, '0').replace(/0+$/, '')}Z`;
}
