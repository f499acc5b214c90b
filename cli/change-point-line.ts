import type { SeriesChangePoint } from '../lambda/change-point.ts';
import { shown, shownPValue } from '../lambda/notify/message.ts';
import { level, signed, time } from '../local/figures.ts';
import type { Styles } from './output.ts';

/** A change point as one line for people. */
export function changePointLine(found: SeriesChangePoint, { bold, up, down, dim }: Styles): string {
  const { seriesId, direction, before, after, magnitude, changedAt, detectedAt, pValue, options } = found;
  const arrow = direction === 'up' ? up('▲') : down('▼');
  const levels = `${level(before.median)} → ${level(after.median)} (${signed(magnitude)})`;
  const when = `new level since ${time(changedAt)}, known at ${time(detectedAt)}, p = ${shownPValue(pValue, options.alpha)}`;
  return `${arrow} ${bold(shown(seriesId))}: ${levels}, ${dim(when)}`;
}
