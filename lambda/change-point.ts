import { createHash } from 'node:crypto';
import type { ChangeKind, ChangePoint, Interval, ResolvedOptions } from '@aed/core';
import { nearestStorable } from './dynamo-number.ts';
import { type StoredEvent, timeOfEventKey } from './event.ts';

/** One side of a change: how many readings, from when to when, their median and their mean. Times are ISO, UTC. */
export interface SeriesLevel {
  readonly count: number;
  readonly median: number;
  /** Absent from what was stored before there was one. */
  readonly mean?: number;
  readonly from: string;
  readonly to: string;
}

/**
 * A change point of a named series, with times as well as counts: what the table stores and the topic carries.
 *
 * The intervals and the kind are absent from what was stored before there were any.
 */
export interface SeriesChangePoint {
  /** Every copy of this change point has the same id, so that a receiver can drop repeats. */
  readonly id: string;
  readonly seriesId: string;
  /** Event key of the reading at which the change was known. */
  readonly eventKey: string;
  /** Event key of the first reading of the new level. */
  readonly changedEventKey: string;
  /** Time of the first reading of the new level. */
  readonly changedAt: string;
  /** 95 % interval for the first reading of the new level: event keys and times of its ends. */
  readonly changedFromEventKey?: string;
  readonly changedToEventKey?: string;
  readonly changedFrom?: string;
  readonly changedTo?: string;
  /** Time of the reading at which the change was known. */
  readonly detectedAt: string;
  readonly direction: 'up' | 'down';
  /** Hodges–Lehmann shift, signed, in the unit of the data. */
  readonly magnitude: number;
  /** 95 % interval for the shift, in the unit of the data. */
  readonly magnitudeInterval?: Interval;
  /** Whether the series jumped or drifts, as far as that can be told. */
  readonly kind?: ChangeKind;
  readonly pValue: number;
  /** The mean number of readings between false alarms at which this one would just have been raised. Absent where that is not known. */
  readonly falseAlarmEvery?: number;
  readonly statistic: number;
  readonly superiority: number;
  readonly before: SeriesLevel;
  readonly after: SeriesLevel;
  /** Drift of the level before: its slope a reading, and the p-value of there being none. Absent for fewer than three readings. */
  readonly trend?: { readonly slope: number; readonly pValue: number };
  /** The reading at which the change was known. */
  readonly value: number;
  /** The detector's options at the time. */
  readonly options: ResolvedOptions;
  /** The name or pattern of the rule that gave them; absent if they were those of the service or of the series' HEAD. */
  readonly rule?: string;
  /** ISO time at which it was found to rest on readings that were deleted or corrected. Absent while it stands. */
  readonly retractedAt?: string;
  /** Whether people are not notified of it, because its series was muted. */
  readonly muted?: true;
}

/** The sort key of a change point in its table begins with this, before its event key. */
export const changePointPrefix = 'CP#';

/** The key by which a receiver drops repeated messages. A retraction has the id of its change point, but is a message of its own. */
export function tellingId({ id, retractedAt }: Pick<SeriesChangePoint, 'id' | 'retractedAt'>): string {
  return retractedAt === undefined ? id : `${id} retracted`;
}

/** What a change point was decided with beside its readings, so that it can be decided anew. */
export interface Grounds {
  /** The regime started with the event after this key; if absent, with the first event of the series. */
  readonly after?: string;
  /** What the regimes before had left to it: doubles, as bytes. */
  readonly memory?: Uint8Array;
  /** Epoch seconds at which the first reading of the regime expires, or another one that is named. Absent if none does, and from what was stored before. */
  readonly expiresAt?: number;
}

/** Indexes, in the core's count, of the readings that a change point names. */
export function namedPlaces(
  { changedAt, interval, detectedAt }: ChangePoint,
  regimeStart: number,
): readonly number[] {
  return [regimeStart, changedAt - 1, changedAt, interval.from, interval.to, detectedAt];
}

/**
 * Names what the core found.
 *
 * @param regime - the readings of the regime that was tested, the reading of the detection last; only those of `namedPlaces` are looked at
 * @param regimeStart - index, in the core's count, of the regime's first reading
 */
export function nameChangePoint(
  found: ChangePoint,
  seriesId: string,
  regime: { at(place: number): StoredEvent | undefined },
  regimeStart: number,
  options: ResolvedOptions,
): SeriesChangePoint {
  const at = (index: number): StoredEvent => {
    const event = index < regimeStart ? undefined : regime.at(index - regimeStart);
    if (event === undefined)
      throw new Error(`reading ${index} is not in the regime that starts at ${regimeStart}`);
    return event;
  };
  const timeAt = (index: number) => timeOfEventKey(at(index).eventKey);
  const { eventKey, value } = at(found.detectedAt);
  const level = (side: ChangePoint['before'], first: number, last: number): SeriesLevel => ({
    count: side.count,
    median: nearestStorable(side.median),
    mean: nearestStorable(side.mean),
    from: timeAt(first),
    to: timeAt(last),
  });
  return {
    id: createHash('sha256')
      .update(JSON.stringify([seriesId, eventKey]))
      .digest('hex')
      .slice(0, 32),
    seriesId,
    eventKey,
    changedEventKey: at(found.changedAt).eventKey,
    changedAt: timeAt(found.changedAt),
    changedFromEventKey: at(found.interval.from).eventKey,
    changedToEventKey: at(found.interval.to).eventKey,
    changedFrom: timeAt(found.interval.from),
    changedTo: timeAt(found.interval.to),
    detectedAt: timeAt(found.detectedAt),
    direction: found.direction,
    magnitude: nearestStorable(found.magnitude),
    magnitudeInterval: {
      from: nearestStorable(found.magnitudeInterval.from),
      to: nearestStorable(found.magnitudeInterval.to),
    },
    kind: found.kind,
    pValue: nearestStorable(found.pValue),
    falseAlarmEvery: nearestStorable(found.falseAlarmEvery),
    statistic: found.statistic,
    superiority: found.superiority,
    before: level(found.before, regimeStart, found.changedAt - 1),
    after: level(found.after, found.changedAt, found.detectedAt),
    ...(found.trend && {
      trend: { slope: nearestStorable(found.trend.slope), pValue: nearestStorable(found.trend.pValue) },
    }),
    value,
    options,
  };
}
