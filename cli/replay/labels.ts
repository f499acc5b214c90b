import type { LabelledSpan } from '../datasets/dataset.ts';
import type { NumberedChangePoint } from './view.ts';

/** The labelled stretch in which a change lies, and where in it. */
export function labelAt({ found, changedAt }: NumberedChangePoint, labels: readonly LabelledSpan[]): string {
  const span = labels.find(
    ({ seriesId, first, last }) => seriesId === found.seriesId && first <= changedAt && changedAt <= last + 1,
  );
  if (span === undefined) return '–';
  const stretch = `${span.first}–${span.last}`;
  if (changedAt === span.first) return `${stretch}, its first`;
  if (changedAt === span.last + 1) return `${stretch}, after it`;
  return `${stretch}, ${changedAt - span.first} in`;
}

/** Labelled stretches in which no change was found. */
export function missedLabels(
  changePoints: readonly NumberedChangePoint[],
  labels: readonly LabelledSpan[],
): readonly LabelledSpan[] {
  return labels.filter(
    ({ seriesId, first, last }) =>
      !changePoints.some(
        ({ found, changedAt }) => found.seriesId === seriesId && first <= changedAt && changedAt <= last,
      ),
  );
}
