/** Why records or rows were left out, most frequent reason first: `2 bad-timestamp, 1 bad-value`. */
export function describeReasons(reasons: Readonly<Record<string, number>>): string {
  return Object.entries(reasons)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${count} ${reason}`)
    .join(', ');
}
