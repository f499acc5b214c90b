import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { realBackoff } from './backoff.ts';
import { changePointsTable } from './change-points-table.ts';
import { dynamoClient, snsClient } from './clients.ts';
import { type DetectedSeries, type DetectorParts, detectSeries } from './detect-series.ts';
import { detectorCounts } from './detector-counts.ts';
import { eventReader } from './events-table.ts';
import { limits } from './limits.ts';
import { countingNotifier, topicNotifier } from './notifier.ts';
import type { Report } from './report.ts';
import { detectorOptionsFromText, type Environment, required } from './settings.ts';
import { WarmRegimes } from './warm-regimes.ts';

export type DetectorHandler = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

/**
 * The detector function: stream of the events table → change-points table and topic.
 *
 * Environment: EVENTS_TABLE, CHANGE_POINTS_TABLE, TOPIC_ARN and, where they differ from the defaults, ALPHA,
 * PRACTICAL_THRESHOLD, STARTUP, WINDOW, RESTART, MAX_REGIME_LENGTH.
 *
 * @throws RangeError naming the variable or option that is missing or wrong
 */
export function detectorHandler(environment: Environment, report: Report): DetectorHandler {
  const dynamo = dynamoClient(environment);
  const notifier = countingNotifier(
    topicNotifier(snsClient(environment), required(environment, 'TOPIC_ARN')),
  );
  const parts: DetectorParts = {
    events: eventReader(dynamo, required(environment, 'EVENTS_TABLE')),
    changePoints: changePointsTable(dynamo, required(environment, 'CHANGE_POINTS_TABLE')),
    notifier,
    clock: () => new Date(),
    backoff: realBackoff,
    warm: new WarmRegimes(limits.warmEvents),
    options: detectorOptionsFromText({
      alpha: environment.ALPHA,
      practicalThreshold: environment.PRACTICAL_THRESHOLD,
      startup: environment.STARTUP,
      window: environment.WINDOW,
      restart: environment.RESTART,
      maxRegimeLength: environment.MAX_REGIME_LENGTH,
    }),
  };

  return async (event) => {
    const done: DetectedSeries[] = [];
    const reportCounts = () =>
      report({
        step: 'detector',
        records: event.Records.length,
        ...detectorCounts(done, parts.clock()),
        notified: notifier.take(),
      });
    const series = bySeries(event.Records);
    for (let start = 0; start < series.length; start += limits.seriesAtOnce) {
      const together = series.slice(start, start + limits.seriesAtOnce);
      const looks = await Promise.allSettled(
        together.map(({ seriesId, eventKeys }) => detectSeries(seriesId, eventKeys, parts)),
      );
      // What went wrong with one series is told by itself; the counts of the batch are told once.
      let failed: ArrivedSeries | undefined;
      for (const [index, look] of looks.entries()) {
        const { seriesId } = together[index] as ArrivedSeries;
        if (look.status === 'rejected') {
          report({ step: 'detector', seriesId, error: look.reason });
          failed ??= together[index];
          continue;
        }
        done.push(look.value);
        if (look.value.optionsError === undefined) continue;
        report({ step: 'detector', seriesId, error: look.value.optionsError });
      }
      if (failed !== undefined) {
        reportCounts();
        return { batchItemFailures: [{ itemIdentifier: failed.firstSequenceNumber }] };
      }
    }
    reportCounts();
    return { batchItemFailures: [] };
  };
}

interface ArrivedSeries {
  readonly seriesId: string;
  readonly eventKeys: string[];
  readonly firstSequenceNumber: string;
}

/**
 * The batch's records by series, in the order in which the series first appear: when one fails, no record before its
 * first one belongs to a series that is not done. Series that are looked at together with it, and are done, see their
 * events again, which changes nothing.
 */
function bySeries(records: readonly DynamoDBRecord[]): readonly ArrivedSeries[] {
  const series = new Map<string, ArrivedSeries>();
  for (const { eventName, dynamodb } of records) {
    if (eventName === 'REMOVE') continue;
    const seriesId = dynamodb?.Keys?.seriesId?.S;
    const eventKey = dynamodb?.Keys?.eventKey?.S;
    const sequenceNumber = dynamodb?.SequenceNumber;
    if (seriesId === undefined || eventKey === undefined || sequenceNumber === undefined) {
      throw new TypeError('a record of the events table stream has no seriesId, eventKey or SequenceNumber');
    }
    const known = series.get(seriesId);
    if (known === undefined)
      series.set(seriesId, { seriesId, eventKeys: [eventKey], firstSequenceNumber: sequenceNumber });
    else known.eventKeys.push(eventKey);
  }
  return [...series.values()];
}
