import type { Dataset } from '../datasets/dataset.ts';
import type { OtherStatistic } from './other-statistic.ts';
import { readingNumbers } from './reading-numbers.ts';
import type { NumberedChangePoint } from './view.ts';

/** Gives change points the numbers of their readings, and what another statistic would have made of them, if one is compared. */
export function numberer(
  dataset: Dataset,
  other: OtherStatistic | undefined,
): (found: NumberedChangePoint['found']) => NumberedChangePoint {
  const numbersOf = readingNumbers(dataset.readings);
  return (found) => {
    const numbers = numbersOf(found);
    if (other === undefined) return { found, ...numbers };
    const { statistic } = other;
    const detectedAt = other.knownAt(found.seriesId, { ...numbers, direction: found.direction });
    return { found, ...numbers, other: { statistic, ...(detectedAt !== undefined && { detectedAt }) } };
  };
}

/** By series, then by time. */
export function inOrder(changePoints: readonly NumberedChangePoint[]): readonly NumberedChangePoint[] {
  const bySeries = (seriesId: string) => (other: string) =>
    seriesId < other ? -1 : seriesId > other ? 1 : 0;
  return [...changePoints].sort(
    (a, b) => bySeries(a.found.seriesId)(b.found.seriesId) || a.detectedAt - b.detectedAt,
  );
}
