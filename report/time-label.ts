/** How much of a moment the ticks of an axis show that spans so many milliseconds: from the seconds up to the year alone. */
const parts = [
  { upTo: 10 * 60_000, from: 11, to: 19 },
  { upTo: 2 * 86_400_000, from: 11, to: 16 },
  { upTo: 6 * 365 * 86_400_000, from: 0, to: 10 },
  { upTo: Number.POSITIVE_INFINITY, from: 0, to: 4 },
] as const;

/** The label of a tick, UTC. */
export function timeLabel(at: Date | number, span: number): string {
  const { from, to } = parts.find(({ upTo }) => span <= upTo) ?? parts[3];
  return new Date(at).toISOString().slice(from, to);
}
