import type { Points } from './report.ts';

/** Where a stretch of readings is drawn: its points, and what is known of gaps before them. */
export interface KeptStretch {
  /** x of its first reading, whether that is drawn or not. */
  readonly from: number;
  readonly points: readonly StretchPoint[];
}

interface StretchPoint {
  readonly x: number;
  readonly y: number;
  /** Whether a row without a value stood before it. */
  readonly afterMissing: boolean;
}

/** A distance as many times as long as nine of ten others is a gap; of one where a value is missing, this suffices. */
const gapFrom = 3;
const gapWhereMissing = 1.5;
/** Fewer distances tell nothing. */
const leastDistances = 4;

/**
 * The points of successive stretches, with a break where readings are missing: a point whose y is `null`, in the midst of the gap.
 *
 * The usual distance is the 90 % quantile of the distances between stretches. So readings that come irregularly, or of which every second one is
 * missing, are not torn apart.
 *
 * @param areWhole - whether every reading is a stretch of its own: then it counts, too, that a value is missing
 */
export function withGaps(stretches: readonly KeptStretch[], areWhole: boolean): Points {
  const usual = usualLength(stretches);
  const x: number[] = [];
  const y: (number | null)[] = [];
  for (const point of stretches.flatMap(({ points }) => points)) {
    const before = x.at(-1) ?? point.x;
    const times = areWhole && point.afterMissing ? gapWhereMissing : gapFrom;
    if (usual > 0 && point.x - before > times * usual) {
      x.push((before + point.x) / 2);
      y.push(null);
    }
    x.push(point.x);
    y.push(point.y);
  }
  return { x, y };
}

function usualLength(stretches: readonly KeptStretch[]): number {
  const lengths = stretches.slice(1).map(({ from }, index) => from - (stretches[index]?.from ?? from));
  if (lengths.length < leastDistances) return 0;
  lengths.sort((a, b) => a - b);
  return lengths[Math.floor(0.9 * (lengths.length - 1))] ?? 0;
}

/** The points between two gaps, which no line shows. */
export function isolatedIn({ x, y }: Points): readonly { readonly x: number; readonly y: number }[] {
  return y.flatMap((value, index) =>
    value !== null && (y[index - 1] ?? null) === null && (y[index + 1] ?? null) === null
      ? [{ x: x[index] as number, y: value }]
      : [],
  );
}
