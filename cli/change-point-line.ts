import type { SeriesChangePoint } from '../lambda/change-point.ts';
import { plain } from '../lambda/figures.ts';
import { moveTexts } from '../lambda/move-texts.ts';
import { printable } from '../lambda/printable.ts';
import { significanceLevel } from '../lambda/significance-level.ts';
import { shortIso } from '../lambda/times.ts';
import type { Styles } from './output.ts';

/** A change point as one line for people. */
export function changePointLine(found: SeriesChangePoint, { bold, up, down, dim }: Styles): string {
  const { seriesId, direction, changedAt, detectedAt, pValue, options, retractedAt } = found;
  const { levels, size, since } = moveTexts(found, plain);
  const kind = found.kind === undefined ? '' : `, ${found.kind}`;
  const arrow = direction === 'up' ? up('▲') : down('▼');
  const when = `${since} ${shortIso(changedAt)}${betweenTimes(found)}, known at ${shortIso(detectedAt)}${kind}, p = ${plain.pValue(pValue, significanceLevel(options))}${ruledText(found)}`;
  const standing = retractedAt === undefined ? '' : 'retracted: ';
  return `${arrow} ${bold(printable(seriesId))}: ${standing}${levels} (${size}), ${dim(when)}`;
}

/** By which rule's options it was found, and whether people are told. */
function ruledText({ rule, muted }: SeriesChangePoint): string {
  return `${rule === undefined ? '' : `, rule ${printable(rule)}`}${muted ? ', muted' : ''}`;
}

/** In parentheses, between which times a change came; nothing if that is not known. */
export function betweenTimes({ changedFrom, changedTo }: SeriesChangePoint): string {
  return changedFrom === undefined || changedTo === undefined
    ? ''
    : ` (${shortIso(changedFrom)} to ${shortIso(changedTo)})`;
}
