import type { KinesisStreamRecord } from 'aws-lambda';
import { keyOf } from './producer.ts';
import type { Aftermath } from './run-schedule.ts';

/**
 * What a recorder did to records after the first one of its batch that failed, in calls that did not hold the failed one.
 *
 * One call may take some of its items and leave the failed one: what counts is that nothing was called afterwards.
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
    const upToFailed = new Set(event.Records.slice(0, place + 1).flatMap(subjectsOf));
    return log
      .filter((call) => call.instance === instance && call.invocation === invocation)
      .filter(
        ({ subjects, effective }) => effective.length > 0 && !subjects.some((one) => upToFailed.has(one)),
      )
      .map(({ effective }) => `${instance.name} touched ${effective.join(', ')} after ${failed} had failed`);
  });
}

/** What a record may make a recorder write, as the log names it. */
function subjectsOf({ eventID, kinesis }: KinesisStreamRecord): readonly string[] {
  const [shardId, sequenceNumber] = eventID.split(':');
  const lines = Buffer.from(kinesis.data, 'base64').toString().split('\n');
  const events = lines.flatMap((line) => {
    if (!line.startsWith('{')) return [];
    const { seriesId, timestamp } = JSON.parse(line);
    return [`${seriesId} ${keyOf(timestamp / 1000)}`];
  });
  return [...events, `quarantine/${shardId}/${sequenceNumber}.json`];
}
