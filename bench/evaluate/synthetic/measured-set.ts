import type { AnnotatedSeries, AnnotatedSet } from '../annotated.ts';
import { syntheticSet } from './synthetic-set.ts';

/** What docs/evaluation.md has the scores of. */
export const measured = { seed: 1, series: 20, points: 1000, margin: 5 };

export function measuredSet(): AnnotatedSet {
  return syntheticSet(measured);
}

/** The first series of each kind: scored again, they tell at once whether the scores of all are still those of the core. */
export function firstOfEachKind(set: AnnotatedSet): AnnotatedSet {
  return { ...set, series: set.series.filter(isFirst) };
}

/** Whether a series is the first of its kind. */
export function isFirst({ name }: Pick<AnnotatedSeries, 'name'>): boolean {
  return name.endsWith('/1');
}
