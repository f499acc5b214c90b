import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { realBackoff } from './backoff.ts';
import { changePointsTable } from './change-points-table.ts';
import { dynamoClient, snsClient } from './clients.ts';
import { type DetectorParts, detectSeries } from './detect-series.ts';
import { eventReader } from './events-table.ts';
import { limits } from './limits.ts';
import { topicNotifier } from './notifier.ts';
import { type Report, reportAsJson } from './report.ts';
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
export function detectorHandler(environment: Environment, report: Report = reportAsJson): DetectorHandler {
  const dynamo = dynamoClient(environment);
  const parts: DetectorParts = {
    events: eventReader(dynamo, required(environment, 'EVENTS_TABLE')),
    changePoints: changePointsTable(dynamo, required(environment, 'CHANGE_POINTS_TABLE')),
    notifier: topicNotifier(snsClient(environment), required(environment, 'TOPIC_ARN')),
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
    const counts = { tested: 0, late: 0, changePoints: 0 };
    for (const { seriesId, eventKeys, firstSequenceNumber } of bySeries(event.Records)) {
      try {
        const seen = await detectSeries(seriesId, eventKeys, parts);
        counts.tested += seen.tested;
        counts.late += seen.late;
        counts.changePoints += seen.changePoints;
      } catch (error) {
        report({ step: 'detector', records: event.Records.length, ...counts, seriesId, error });
        return { batchItemFailures: [{ itemIdentifier: firstSequenceNumber }] };
      }
    }
    report({ step: 'detector', records: event.Records.length, ...counts });
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
 * first one belongs to a series that is not done.
 */
function bySeries(records: readonly DynamoDBRecord[]): Iterable<ArrivedSeries> {
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
  return series.values();
}
