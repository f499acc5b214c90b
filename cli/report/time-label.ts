/**
 * Which characters of a moment's ISO form the ticks of an axis show that spans so many milliseconds: from the seconds
 * up to the year alone. The last one holds without bound, also where JSON has made its bound null.
 */
export const timeParts = [
  { upTo: 10 * 60_000, from: 11, to: 19 },
  { upTo: 2 * 86_400_000, from: 11, to: 16 },
  { upTo: 6 * 365 * 86_400_000, from: 0, to: 10 },
  { upTo: Number.POSITIVE_INFINITY, from: 0, to: 4 },
] as const;

/** The label of a tick, UTC. */
export function timeLabel(at: Date | number, span: number): string {
  const { from, to } = timeParts.find(({ upTo }) => span <= upTo) ?? timeParts[3];
  return new Date(at).toISOString().slice(from, to);
}
