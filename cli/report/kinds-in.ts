import { type MarkKind, markStyles } from './mark-styles.ts';
import type { Report } from './report.ts';

/** The kinds that a report has, in the order of the legend. */
export function kindsIn({ series }: Pick<Report, 'series'>): readonly MarkKind[] {
  const there = new Set(series.flatMap(({ marks }) => marks.map(({ kind }) => kind)));
  if (series.some(({ intervals }) => intervals.length > 0)) there.add('interval');
  if (series.some(({ delays }) => delays.length > 0)) there.add('delay');
  if (series.some(({ windows = [] }) => windows.length > 0)) there.add('window');
  if (series.some(({ levels }) => levels.length > 0)) there.add('level');
  return (Object.keys(markStyles) as MarkKind[]).filter((kind) => there.has(kind));
}
