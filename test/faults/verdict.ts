import { type DetectorOptions, detectChangePoints } from '@aed/core';
import { nearestStorable } from '../../lambda/dynamo-number.ts';
import { timeOfEventKey } from '../../lambda/event.ts';
import { limits } from '../../lambda/limits.ts';
import type { Backend } from '../../local/backend.ts';
import type { StoredChangePoint } from '../../local/stored.ts';
import type { Call } from './call.ts';
import { keyOf, type Produced } from './producer.ts';
import { touchedAfterFailure } from './recorder-order.ts';
import type { Aftermath } from './run-schedule.ts';
import type { Schedule } from './schedule.ts';
import { changePointItems, eventKeys, quarantined } from './what-is-stored.ts';

/** What is wrong after a run; nothing, if all is as it must be. And what there was, to be counted. */
export interface Verdict {
  readonly wrong: readonly string[];
  readonly events: number;
  readonly changePoints: number;
  readonly publishedTwice: number;
}

export async function judge(schedule: Schedule, aftermath: Aftermath, backend: Backend): Promise<Verdict> {
  const { producer, log, discarded } = aftermath;
  const wrong = [...touchedAfterFailure(aftermath)];
  for (const seriesId of aftermath.notSwept) wrong.push(`${seriesId} had something pending after a sweep`);
  if (discarded > 0) wrong.push(`${discarded} records of the stream were given up`);
  let changePoints = 0;
  let publishedTwice = 0;
  for (const { seriesId, values } of producer.produced) {
    wrong.push(
      ...difference(
        `events of ${seriesId}`,
        await eventKeys(backend, seriesId),
        values.map((_, index) => keyOf(index)),
      ),
    );
    const arrived = aftermath.arrived
      .filter((one) => one.seriesId === seriesId)
      .map(({ eventKey }) => eventKey);
    if (arrived.join() !== arrived.toSorted().join())
      wrong.push(`${seriesId} reached the table out of order`);
    const { head, found } = await changePointItems(backend, seriesId);
    const expected = expectedOf({ seriesId, values }, schedule.options);
    wrong.push(
      ...difference(
        `change points of ${seriesId}`,
        found.map(essence),
        expected.map((one) => JSON.stringify(one)),
      ),
    );
    if (head?.pending !== undefined) wrong.push(`${seriesId} still has something pending`);
    for (const { eventKey, publishedAt } of found) {
      const { whole, broken } = publications(log, `${seriesId} ${eventKey}`);
      if (publishedAt === undefined) wrong.push(`${seriesId} ${eventKey} is not marked as published`);
      if (whole + broken === 0) wrong.push(`${seriesId} ${eventKey} was never published`);
      if (whole > 1) wrong.push(`${seriesId} ${eventKey} was published ${whole} times, without a crash`);
      publishedTwice += Number(whole + broken > 1);
    }
    changePoints += expected.length;
  }
  wrong.push(
    ...difference('quarantine', await quarantined(backend, aftermath.bucketName), producer.poisoned),
  );
  const events = producer.produced.reduce((sum, { values }) => sum + values.length, 0);
  return { wrong, events, changePoints, publishedTwice };
}

/**
 * How often a change point came out of the topic: whole, and broken by something that fell between publishing and marking:
 * the death of the instance, the loss of the answer, or that the mark was refused as often as it is tried.
 */
function publications(
  log: readonly Call[],
  subject: string,
): { readonly whole: number; readonly broken: number } {
  const about = log.filter(({ subjects }) => subjects.includes(subject));
  const published = about.filter(({ target, effective }) => target === 'publish' && effective.length > 0);
  const broken = published.filter((publication) => {
    const marks = about.filter(
      ({ target, instance, invocation }) =>
        target === 'mark' && instance === publication.instance && invocation === publication.invocation,
    );
    if (!publication.answered) return true;
    if (marks.some(({ effective }) => effective.length > 0)) return false;
    return !publication.instance.alive || marks.length >= limits.markAttempts;
  });
  return { whole: published.length - broken.length, broken: broken.length };
}

function expectedOf({ seriesId, values }: Produced, options: Required<DetectorOptions>) {
  return detectChangePoints(values, options).map((found) => ({
    seriesId,
    changedAt: timeOfEventKey(keyOf(found.changedAt)),
    detectedAt: timeOfEventKey(keyOf(found.detectedAt)),
    direction: found.direction,
    magnitude: nearestStorable(found.magnitude),
    pValue: nearestStorable(found.pValue),
    statistic: found.statistic,
    before: found.before.count,
    after: found.after.count,
  }));
}

function essence(stored: StoredChangePoint): string {
  const { seriesId, changedAt, detectedAt, direction, magnitude, pValue, statistic, before, after } = stored;
  return JSON.stringify({
    seriesId,
    changedAt,
    detectedAt,
    direction,
    magnitude,
    pValue,
    statistic,
    before: before.count,
    after: after.count,
  });
}

/** What is missing, and what is too much. */
function difference(what: string, found: readonly string[], expected: readonly string[]): readonly string[] {
  const missing = expected.filter((one) => !found.includes(one));
  const extra = found.filter((one) => !expected.includes(one));
  return [
    ...missing.map((one) => `${what}: ${one} is missing`),
    ...extra.map((one) => `${what}: ${one} is too much`),
    ...(missing.length + extra.length === 0 && found.length !== expected.length
      ? [`${what}: ${found.length} instead of ${expected.length}`]
      : []),
  ];
}
