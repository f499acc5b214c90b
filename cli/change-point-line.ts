import type { SeriesChangePoint } from '../lambda/change-point.ts';
import { plain } from '../lambda/figures.ts';
import { printable } from '../lambda/printable.ts';
import { significanceLevel } from '../lambda/significance-level.ts';
import { shortIso } from '../lambda/times.ts';
import type { Styles } from './output.ts';

/** A change point as one line for people. */
export function changePointLine(found: SeriesChangePoint, { bold, up, down, dim }: Styles): string {
  const { seriesId, direction, before, after, magnitude, changedAt, detectedAt, pValue, options } = found;
  const arrow = direction === 'up' ? up('▲') : down('▼');
  const levels = `${plain.levels(before.median, after.median)} (${plain.signed(magnitude)})`;
  const when = `new level since ${shortIso(changedAt)}, known at ${shortIso(detectedAt)}, p = ${plain.pValue(pValue, significanceLevel(options))}`;
  return `${arrow} ${bold(printable(seriesId))}: ${levels}, ${dim(when)}`;
}
