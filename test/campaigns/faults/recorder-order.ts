import type { KinesisStreamRecord } from 'aws-lambda';
import { eventKey } from '../../../lambda/event.ts';
import { isAggregated, takeApart } from '../../../lambda/record/aggregated-record.ts';
import type { Call } from './call.ts';
import type { Aftermath } from './run-schedule.ts';

/**
 * Finds writes of a recorder for records after the first failed record of their batch.
 *
 * The call that failed may have held items of later records, which it or its retries may have written. Those are allowed.
 * After it, the recorder must write nothing else.
 */
export function touchedAfterFailure({
  log,
  recordings,
}: Pick<Aftermath, 'log' | 'recordings'>): readonly string[] {
  return recordings.flatMap(({ event, instance, invocation, result }) => {
    const failed = result?.batchItemFailures[0]?.itemIdentifier;
    if (failed === undefined) return [];
    const place = event.Records.findIndex(({ kinesis }) => kinesis.sequenceNumber === failed);
    if (place === -1) return [`${instance.name} named ${failed}, which is not in its batch`];
    const calls = log.filter((call) => call.instance === instance && call.invocation === invocation);
    const allowed = new Set([
      ...event.Records.slice(0, place + 1).flatMap(subjectsOf),
      ...firstFailure(calls, event.Records.slice(place, place + 1).flatMap(subjectsOf)),
    ]);
    return calls
      .flatMap(({ effective }) => effective.filter((one) => !allowed.has(one)))
      .map((one) => `${instance.name} touched ${one} after ${failed} had failed`);
  });
}

/** The subjects of the first call that failed for one of `subjects`. Calls until its last success are skipped: an earlier record held it, too. */
function firstFailure(calls: readonly Call[], subjects: readonly string[]): readonly string[] {
  const lastDone = new Map(
    subjects.map((one) => [
      one,
      calls.findLastIndex(({ answered, effective }) => answered && effective.includes(one)),
    ]),
  );
  const first = calls.find((call, index) =>
    call.subjects.some((one) => index > (lastDone.get(one) ?? Number.POSITIVE_INFINITY)),
  );
  return first?.subjects ?? [];
}

/** The names, as in the log, of all that a recorder may write for a record. */
function subjectsOf({ eventID, kinesis }: KinesisStreamRecord): readonly string[] {
  const [shardId, sequenceNumber] = eventID.split(':');
  const events = linesOf(Buffer.from(kinesis.data, 'base64')).flatMap((line) => {
    if (!line.startsWith('{')) return [];
    const { seriesId, timestamp } = JSON.parse(line);
    return [`${seriesId} ${eventKey({ timestamp, eventId: 'e' })}`];
  });
  return [...events, `quarantine/${shardId}/${sequenceNumber}.json`];
}

function linesOf(data: Buffer): readonly string[] {
  if (!isAggregated(data)) return data.toString().split('\n');
  const apart = takeApart(data);
  if (!apart.ok) throw new Error(`an intact aggregated record must be readable, got ${apart.detail}`);
  return apart.records.map((record) => Buffer.from(record.data).toString());
}
