import type { ChangeKind, ChangePoint } from '@aed/core';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { typeset } from '../../lambda/figures.ts';
import { type Move, type MoveTexts, moveTexts, shownLevels } from '../../lambda/move-texts.ts';
import { printable } from '../../lambda/printable.ts';
import { significanceLevel } from '../../lambda/significance-level.ts';
import type { FollowedChange } from '../wire.ts';
import type { PlottedChange } from './plot-data.ts';

/** A change as the plot and the table show it. */
export interface ShownChange extends PlottedChange {
  /** What moved. */
  readonly moved: MoveTexts;
  /** Absent from what the service stored before there was one. */
  readonly kind?: ChangeKind;
  readonly pValue: number;
  /** What its p-value is below. */
  readonly level: number;
  /** Number of readings from the first one of the new level to the detection. */
  readonly delay: number;
  /** What has become of it; absent from what the service did not report. */
  readonly standing?: ShownStanding;
}

/** What has become of a change point of the service. */
export interface ShownStanding {
  readonly eventKey: string;
  readonly isTold: boolean;
  /** Whether people were not told of it. */
  readonly isMuted: boolean;
  /** Whether its readings were deleted or corrected, so that nothing shows it any more. */
  readonly isRetracted: boolean;
  /** Who acknowledged it; absent if nobody did. */
  readonly by?: string;
  /** ISO time; absent if nobody did. */
  readonly acknowledgedAt?: string;
  readonly note?: string;
}

/** A change point that the service reported. */
export function reported(found: FollowedChange): ShownChange {
  return {
    ...moveOf(found),
    changedAt: Date.parse(found.changedAt),
    ...intervalOf(found),
    detectedAt: Date.parse(found.detectedAt),
    from: Date.parse(found.before.from),
    ...(found.kind && { kind: found.kind }),
    pValue: found.pValue,
    level: significanceLevel(found.options),
    delay: found.after.count - 1,
    standing: standingOf(found),
  };
}

function standingOf(found: FollowedChange): ShownStanding {
  const { eventKey, publishedAt, muted, retractedAt, acknowledgedAt, acknowledgedBy, note } = found;
  return {
    eventKey,
    isTold: publishedAt !== undefined,
    isMuted: muted === true,
    isRetracted: retractedAt !== undefined,
    ...(acknowledgedBy !== undefined && { by: printable(acknowledgedBy) }),
    ...(acknowledgedAt !== undefined && { acknowledgedAt }),
    ...(note !== undefined && { note: printable(note) }),
  };
}

function moveOf(found: Move): Pick<ShownChange, 'direction' | 'before' | 'after' | 'moved'> {
  const { before, after } = shownLevels(found);
  return { direction: found.direction, before, after, moved: moveTexts(found, typeset) };
}

function intervalOf({ changedFrom, changedTo }: SeriesChangePoint): Pick<ShownChange, 'interval'> {
  return changedFrom && changedTo
    ? { interval: { from: Date.parse(changedFrom), to: Date.parse(changedTo) } }
    : {};
}

/** Start of the regime after a change, in epoch milliseconds. */
export function restartsAt({ options, changedAt, detectedAt }: SeriesChangePoint): number {
  return options.restart === 'change' ? Date.parse(changedAt) : Date.parse(detectedAt) + 1;
}

/** A change point that the browser found, in readings at these times. */
export function foundHere(found: ChangePoint, times: readonly number[], level: number): ShownChange {
  const at = (index: number) => times[index] ?? Number.NaN;
  return {
    ...moveOf(found),
    changedAt: at(found.changedAt),
    interval: { from: at(found.interval.from), to: at(found.interval.to) },
    detectedAt: at(found.detectedAt),
    from: at(found.changedAt - found.before.count),
    kind: found.kind,
    pValue: found.pValue,
    level,
    delay: found.detectedAt - found.changedAt,
  };
}
