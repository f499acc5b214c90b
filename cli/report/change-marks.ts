import type { LevelLine, Mark, Span } from './report.ts';

/** A change point, by its positions in a report. */
export interface DrawnChange {
  /** x of the first reading of the regime. */
  readonly from: number;
  /** x of the first reading of the new level. */
  readonly changedAt: number;
  /** x of the ends of the interval for it, if that is known. */
  readonly interval?: Span;
  /** x and value of the reading at which it was detected. */
  readonly detectedAt: number;
  readonly value: number;
  /** The levels on both sides. */
  readonly before: number;
  readonly after: number;
}

/**
 * What is drawn of change points: all levels dashed, the interval and the delay shaded, a line and a triangle.
 *
 * @param last - the level after the last of them, if it is known
 */
export function changeMarks(
  changes: readonly DrawnChange[],
  last?: LevelLine,
): {
  readonly levels: readonly LevelLine[];
  readonly intervals: readonly Span[];
  readonly delays: readonly Span[];
  readonly marks: readonly Mark[];
} {
  return {
    levels: [
      ...changes.flatMap(({ from, changedAt, detectedAt, before, after }) => [
        { from, to: changedAt, value: before },
        { from: changedAt, to: detectedAt, value: after },
      ]),
      ...(last === undefined ? [] : [last]),
    ],
    intervals: changes.flatMap(({ interval }) => interval ?? []),
    delays: changes.map(({ changedAt, detectedAt }) => ({ from: changedAt, to: detectedAt })),
    marks: changes.flatMap(({ changedAt, detectedAt, value, after }): Mark[] => [
      { kind: 'decided', x: changedAt, y: after },
      { kind: 'known', x: detectedAt, y: value },
    ]),
  };
}
