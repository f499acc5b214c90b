import { detectChangePoints, type ResolvedOptions } from '@aed/core';
import { nameChangePoint, type SeriesChangePoint } from '../../../lambda/change-point.ts';
import type { StoredChangePoint } from '../../../lambda/tables/stored-change-point.ts';
import type { Backend } from '../../../local/backend.ts';
import { wrongChunks } from '../wrong-chunks.ts';
import type { Aftermath } from './aftermath.ts';
import { retractionOf } from './call.ts';
import { eventTimeOf, keyOf } from './producer.ts';
import { failedForPublishing, publications, publishedOutOfOrder } from './publications.ts';
import { toldOutOfOrder, untold } from './recorder-order.ts';
import type { Schedule } from './schedule.ts';
import { stayedUnprocessed } from './stayed-unprocessed.ts';
import { wronglyTold } from './told-to-people.ts';
import { changePointItems, eventItems, quarantined, tablesOf } from './what-is-stored.ts';

/** The faults of the service in a run, and counts for the campaign's report. */
export interface Verdict {
  /** Empty if the run passed. */
  readonly wrong: readonly string[];
  readonly events: number;
  readonly changePoints: number;
  readonly publishedTwice: number;
  /** Messages to people, and those among them after whose publication something failed. */
  readonly messages: number;
  readonly brokenMessages: number;
  readonly retracted: number;
  /** Series that have chunks at the end of the run. */
  readonly chunked: number;
  /** Batches of the recorder that failed because items stayed unprocessed after all attempts. */
  readonly unprocessed: number;
}

/** Default of `eventRetentionDays`. */
const retentionDays = 365;

export async function judge(schedule: Schedule, aftermath: Aftermath, backend: Backend): Promise<Verdict> {
  const { producer, log, discarded } = aftermath;
  const wrong = [...failedForPublishing(aftermath)];
  for (const seriesId of aftermath.notSwept)
    wrong.push(`${seriesId} had a pending change point after a sweep`);
  if (discarded > 0) wrong.push(`${discarded} records of the stream were given up`);
  const known = new Set<string>();
  let publishedTwice = 0;
  let retracted = 0;
  let chunked = 0;
  for (const { seriesId, values, order, late } of producer.produced) {
    const stored = await eventItems(backend, seriesId);
    wrong.push(
      ...difference(
        `events of ${seriesId}`,
        stored.map(({ wave, ...item }) => inOrder(item)),
        values.map((value, index) => inOrder(eventItem(seriesId, index, value))),
      ),
    );
    const arrived = aftermath.arrived.filter((one) => one.seriesId === seriesId);
    wrong.push(...toldOutOfOrder(arrived, { order }), ...untold(arrived));
    const { head, found } = await changePointItems(backend, seriesId);
    wrong.push(...(await wrongChunks(seriesId, stored, tablesOf(backend, aftermath.endedAt))));
    if (late) {
      // The answer depends on which tests had ended before a late event arrived. So only that of the last events is compared.
      for (const { eventKey } of found) known.add(`${seriesId} ${eventKey}`);
      wrong.push(...misplaced(seriesId, values.length, found));
      for (const probe of aftermath.probes.filter((one) => one.seriesId === seriesId)) {
        wrong.push(
          ...difference(
            `change points after ${probe.after} of ${seriesId}`,
            found.filter(({ eventKey }) => eventKey > probe.after).map(withoutMarks),
            probe.expected.map((one) => inOrder({ ...one, sortKey: `CP#${one.eventKey}` })),
          ),
        );
      }
    } else {
      const expected = expectedOf(seriesId, values, schedule.options);
      for (const { eventKey } of expected) known.add(`${seriesId} ${eventKey}`);
      wrong.push(
        ...difference(`change points of ${seriesId}`, found.map(withoutMarks), expected.map(inOrder)),
      );
    }
    const newest = values.length === 0 ? undefined : keyOf(values.length - 1);
    if (head?.testedThrough !== newest)
      wrong.push(`${seriesId} must be tested through ${newest}, got ${head?.testedThrough}`);
    chunked += Number(head?.chunks !== undefined);
    if (head?.pending !== undefined) wrong.push(`${seriesId} still has a pending change point`);
    wrong.push(...publishedOutOfOrder(log, seriesId));
    for (const { eventKey, publishedAt, pendingSince, retractedAt } of found) {
      const name = `${seriesId} ${eventKey}`;
      const { whole, broken } = publications(log, name);
      const retraction = publications(log, name, retractionOf(name));
      const toldOfIt = retraction.whole + retraction.broken;
      if (toldOfIt > 0 !== (retractedAt !== undefined))
        wrong.push(`${name}, retracted at ${retractedAt}: its retraction was published ${toldOfIt} times`);
      if (retraction.whole > 1)
        wrong.push(`${name}: its retraction was published ${retraction.whole} times, without a crash`);
      if (retractedAt !== undefined) retracted++;
      if (pendingSince !== undefined) wrong.push(`${seriesId} ${eventKey} still waits to be published`);
      if (publishedAt === undefined) wrong.push(`${seriesId} ${eventKey} is not marked as published`);
      // One that was retracted before it was told is told once, as that.
      if (whole + broken + toldOfIt === 0) wrong.push(`${seriesId} ${eventKey} was never published`);
      if (whole > 1) wrong.push(`${seriesId} ${eventKey} was published ${whole} times, without a crash`);
      publishedTwice += Number(whole + broken > 1);
    }
  }
  for (const { target, effective } of log) {
    if (target !== 'publish') continue;
    for (const one of effective)
      if (!known.has(one.replace(/ retracted$/, '')))
        wrong.push(`${one} was published, but is not a change point`);
  }
  wrong.push(...wronglyTold(aftermath, known));
  const kept = await quarantined(backend, aftermath.bucketName);
  wrong.push(...difference('quarantine', kept.map(inOrder), producer.poisoned.map(inOrder)));
  const events = producer.produced.reduce((sum, { values }) => sum + values.length, 0);
  return {
    wrong,
    events,
    changePoints: known.size,
    publishedTwice,
    messages: aftermath.people.tellings.length,
    brokenMessages: aftermath.people.tellings.filter(({ isWhole }) => !isWhole).length,
    retracted,
    chunked,
    unprocessed: stayedUnprocessed(aftermath),
  };
}

/** The items of the change points that the core finds. */
function expectedOf(seriesId: string, values: readonly number[], options: ResolvedOptions) {
  const events = values.map((value, index) => ({ eventKey: keyOf(index), value }));
  return detectChangePoints(values, options).map((found) => {
    const start = found.changedAt - found.before.count;
    const regime = events.slice(start, found.detectedAt + 1);
    const changePoint = nameChangePoint(found, seriesId, regime, start, options);
    return { ...changePoint, sortKey: `CP#${changePoint.eventKey}` };
  });
}

/** Change points whose keys are not events of the series, or whose places are out of order. */
function misplaced(
  seriesId: string,
  length: number,
  found: readonly Pick<SeriesChangePoint, 'eventKey' | 'changedEventKey'>[],
): readonly string[] {
  const numbers = new Map(Array.from({ length }, (_, index) => [keyOf(index), index]));
  let previous = -1;
  return found.flatMap(({ eventKey, changedEventKey }) => {
    const changedAt = numbers.get(changedEventKey) ?? -1;
    const isInPlace = previous < changedAt && changedAt < (numbers.get(eventKey) ?? -1);
    previous = changedAt;
    return isInPlace
      ? []
      : [
          `${seriesId} ${eventKey} must be detected after ${changedEventKey}, which must be after the previous change`,
        ];
  });
}

function eventItem(seriesId: string, index: number, value: number) {
  return {
    seriesId,
    eventKey: keyOf(index),
    value,
    expiresAt: eventTimeOf(index) / 1000 + retentionDays * 24 * 3600,
  };
}

/** What a change point is decided with, and what became of it, is no part of the answer. */
function withoutMarks({ publishedAt, pendingSince, retractedAt, grounds, ...unmarked }: StoredChangePoint) {
  return inOrder(unmarked);
}

/** JSON with sorted keys. */
function inOrder(item: object): string {
  return JSON.stringify(item, (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** The missing and the unexpected items. */
function difference(what: string, found: readonly string[], expected: readonly string[]): readonly string[] {
  const missing = expected.filter((one) => !found.includes(one));
  const extra = found.filter((one) => !expected.includes(one));
  return [
    ...missing.map((one) => `${what}: ${one} is missing`),
    ...extra.map((one) => `${what}: ${one} is unexpected`),
    ...(missing.length + extra.length === 0 && found.length !== expected.length
      ? [`${what}: expected ${expected.length}, got ${found.length}`]
      : []),
  ];
}
