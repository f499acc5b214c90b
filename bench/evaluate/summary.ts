import { medianOfValues } from '../../cli/median.ts';
import type { ChangeScore, SeriesScore, WindowScore } from './score.ts';

/** The scores over several series. A score that is undefined for them is absent. */
export interface Summary {
  readonly series: number;
  readonly f1?: number;
  readonly precision?: number;
  readonly recall?: number;
  /** Standard error of `f1`, over the series. */
  readonly f1Error?: number;
  readonly covering?: number;
  readonly coveringError?: number;
  /** Counts of windows: all, those found, those with the place of a change; and the detections outside of them. */
  readonly windows?: number;
  readonly found?: number;
  readonly placed?: number;
  readonly outside?: number;
  readonly reported: number;
  readonly delayMedian?: number;
}

/** For marked changes: means over the series, as in the paper. For windows: counts over all series. */
export function summarize(scores: readonly SeriesScore[]): Summary {
  const changes = scores.filter((score) => score.kind === 'changes');
  const windows = scores.filter((score) => score.kind === 'windows');
  const delays = scores.flatMap((score) => score.delays);
  return {
    series: scores.length,
    ...(changes.length > 0 ? ofChanges(changes) : ofWindows(windows)),
    reported: total(scores.map(({ reported }) => reported)),
    ...(delays.length > 0 && { delayMedian: medianOfValues(delays) }),
  };
}

function ofChanges(scores: readonly ChangeScore[]) {
  const f1s = scores.map(({ f1 }) => f1);
  const coverings = scores.map(({ covering }) => covering);
  return {
    f1: mean(f1s),
    precision: mean(scores.map(({ precision }) => precision)),
    recall: mean(scores.map(({ recall }) => recall)),
    covering: mean(coverings),
    ...(scores.length > 1 && { f1Error: standardError(f1s), coveringError: standardError(coverings) }),
  };
}

function ofWindows(scores: readonly WindowScore[]) {
  const windows = total(scores.map((score) => score.windows));
  const found = total(scores.map((score) => score.found));
  const placed = total(scores.map((score) => score.placed));
  const outside = total(scores.map((score) => score.outside));
  return {
    ...(windows + outside > 0 && { f1: (2 * found) / (found + outside + windows) }),
    ...(found + outside > 0 && { precision: found / (found + outside) }),
    ...(windows > 0 && { recall: found / windows }),
    windows,
    found,
    placed,
    outside,
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function mean(values: readonly number[]): number {
  return total(values) / values.length;
}

function standardError(values: readonly number[]): number {
  const center = mean(values);
  const squares = values.map((value) => (value - center) ** 2);
  return Math.sqrt(total(squares) / (values.length - 1) / values.length);
}
