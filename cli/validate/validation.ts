import type { ChangePoint, Interval, Level, ResolvedOptions } from '@aed/core';
import { plain } from '../../lambda/figures.ts';
import type { Move } from '../../lambda/move-texts.ts';
import type { GeneratedEvent } from '../produce/traffic.ts';
import type { Score } from './score.ts';

/** A change point by the numbers of its readings, found by AED or by the service. */
export interface ValidatedChange
  extends Pick<
    ChangePoint,
    'changedAt' | 'detectedAt' | 'direction' | 'magnitude' | 'superiority' | 'pValue'
  > {
  /** Where the change may be; absent from what an older service found. */
  readonly interval?: Interval;
  readonly before: Pick<Level, 'count'> & Move['before'];
  readonly after: Pick<Level, 'count'> & Move['after'];
}

/** A generated series, its true changes, and what AED and the service found. */
export interface Validation {
  readonly seriesId: string;
  readonly seed: number;
  readonly sd: number;
  readonly options: ResolvedOptions;
  /** The stream or pipeline that the series went through. */
  readonly where: string;
  readonly events: readonly GeneratedEvent[];
  readonly aed: Score<ValidatedChange>;
  readonly service: Score<ValidatedChange>;
  /** Whether the service used the same options. If not, it may find other change points. */
  readonly sameOptions: boolean;
  /** Whether both found the same change points. */
  readonly agrees: boolean;
}

/** Whether two lists have the same changes, detected at the same readings. */
export function sameChanges(a: readonly ValidatedChange[], b: readonly ValidatedChange[]): boolean {
  const places = (changes: readonly ValidatedChange[]) =>
    JSON.stringify(
      changes
        .map(({ changedAt, detectedAt, direction, magnitude }) => [
          changedAt,
          detectedAt,
          direction,
          magnitude,
        ])
        .sort(([, x], [, y]) => Number(x) - Number(y)),
    );
  return places(a) === places(b);
}

/** All the change points of a score. */
export function foundChanges({
  shifts,
  restarts,
  spurious,
}: Score<ValidatedChange>): readonly ValidatedChange[] {
  return [...[...shifts, ...restarts].flatMap(({ found }) => found ?? []), ...spurious].sort(
    (a, b) => a.detectedAt - b.detectedAt,
  );
}

/** The head of the comparison. A row is a true change; spurious change points follow. */
export const comparisonHead = [
  'reading',
  'level moved by',
  'AED: known after',
  'placed',
  'service: known after',
  'placed',
];

export function comparisonRows({ aed, service, sd }: Validation): readonly (readonly string[])[] {
  const truths = [...aed.shifts, ...aed.restarts]
    .map(({ truth }) => truth)
    .sort((a, b) => a.reading - b.reading);
  const of = (one: Score<ValidatedChange>, reading: number) =>
    [...one.shifts, ...one.restarts].find(({ truth }) => truth.reading === reading)?.found;
  const rows = truths.map(({ reading, shift }) => [
    String(reading),
    shift === undefined ? 'restart' : `${plain.signed(Number((shift / sd).toFixed(1)))} sd`,
    ...placeOf(of(aed, reading), reading),
    ...placeOf(of(service, reading), reading),
  ]);
  const spurious = [
    ...aed.spurious.map(({ detectedAt }) => [String(detectedAt), 'nothing', 'spurious', '', '', '']),
    ...service.spurious.map(({ detectedAt }) => [String(detectedAt), 'nothing', '', '', 'spurious', '']),
  ];
  return [...rows, ...spurious];
}

function placeOf(found: ValidatedChange | undefined, reading: number): readonly string[] {
  if (found === undefined) return ['not found', ''];
  const error = found.changedAt - reading;
  return [
    plain.counted(found.detectedAt - reading, 'reading'),
    error === 0 ? 'exactly' : `${Math.abs(error)} too ${error < 0 ? 'early' : 'late'}`,
  ];
}

/** A score in a line. */
export function scoreLine({
  found,
  missed,
  spurious,
  meanDelay,
  meanLocationError,
}: Score<ValidatedChange>): string {
  const means =
    meanDelay === undefined || meanLocationError === undefined
      ? ''
      : `; on average known after ${meanDelay.toFixed(1)} readings, and placed ${meanLocationError.toFixed(1)} off`;
  return `${found} of ${plain.counted(found + missed, 'shift')} found, ${spurious.length} spurious${means}`;
}
