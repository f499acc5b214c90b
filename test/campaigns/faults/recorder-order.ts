import type { KinesisStreamRecord } from 'aws-lambda';
import { isAggregated, takeApart } from '../../../lambda/record/aggregated-record.ts';
import type { Call } from './call.ts';
import { keyOf } from './producer.ts';
import type { Aftermath } from './run-schedule.ts';

/**
 * What a recorder did to records after the first one of its batch that failed, beyond what the call in which that failed held.
 *
 * That call may take some of its items and leave the failed one, and so may its repeats: what counts is that nothing else
 * was called afterwards.
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

/** What the first call held in which one of these failed, after it last went well: for an earlier record that held it too. */
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

/** What a record may make a recorder write, as the log names it. */
function subjectsOf({ eventID, kinesis }: KinesisStreamRecord): readonly string[] {
  const [shardId, sequenceNumber] = eventID.split(':');
  const events = linesOf(Buffer.from(kinesis.data, 'base64')).flatMap((line) => {
    if (!line.startsWith('{')) return [];
    const { seriesId, timestamp } = JSON.parse(line);
    return [`${seriesId} ${keyOf(timestamp / 1000)}`];
  });
  return [...events, `quarantine/${shardId}/${sequenceNumber}.json`];
}

function linesOf(data: Buffer): readonly string[] {
  if (!isAggregated(data)) return data.toString().split('\n');
  const apart = takeApart(data);
  if (!apart.ok) throw new Error(`a record that nobody damaged does not come apart: ${apart.detail}`);
  return apart.records.map((record) => Buffer.from(record.data).toString());
}
