import type { LabelledSpan } from '../../datasets/dataset.ts';
import type { NumberedChangePoint } from './view.ts';

/** What the data set's authors say of the place of a change: its labelled stretch, and where in it the change lies. */
export function labelAt({ found, changedAt }: NumberedChangePoint, labels: readonly LabelledSpan[]): string {
  const span = labels.find(
    ({ seriesId, first, last }) => seriesId === found.seriesId && first <= changedAt && changedAt <= last + 1,
  );
  if (span === undefined) return 'none';
  const stretch = `event ${span.first}–${span.last}`;
  if (changedAt === span.first) return `${stretch}: its first reading`;
  if (changedAt === span.last + 1) return `${stretch}: just after it`;
  const readings = changedAt - span.first;
  return `${stretch}: ${readings} ${readings === 1 ? 'reading' : 'readings'} in`;
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
