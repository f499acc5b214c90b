/** A stretch of the x axis. */
export interface VisibleRange {
  readonly min: number;
  readonly max: number;
}

/** What a button makes of the visible stretch, never beyond the whole. */
export function zoomed(action: string, { min, max }: VisibleRange, whole: VisibleRange): VisibleRange {
  const width = max - min;
  const middle = min + width / 2;
  const moved: Readonly<Record<string, VisibleRange>> = {
    in: { min: middle - width / 4, max: middle + width / 4 },
    out: { min: middle - width, max: middle + width },
    left: { min: min - width / 2, max: max - width / 2 },
    right: { min: min + width / 2, max: max + width / 2 },
  };
  const next = moved[action] ?? whole;
  if (next.max - next.min >= whole.max - whole.min) return whole;
  const shift = Math.max(0, whole.min - next.min) - Math.max(0, next.max - whole.max);
  return { min: next.min + shift, max: next.max + shift };
}
