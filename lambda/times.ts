/** How times are shown to people, in UTC. */

/** ISO 8601, without milliseconds if they are 0. */
export function shortIso(iso: string): string {
  return iso.replace('.000Z', 'Z');
}

/** Date and time of day, without milliseconds if they are 0. */
export function utcTime(milliseconds: number): string {
  return new Date(milliseconds)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.000Z$|Z$/, '');
}

/** As people say it: 12 s ago, 3 min ago, 2 h ago. */
export function ago(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  return `${Math.floor(seconds / 3600)} h ago`;
}

/** A short time, in the unit in which it is easiest to read. */
export function shortDuration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
