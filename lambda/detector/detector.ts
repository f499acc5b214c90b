import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { dynamoClient } from '../clients.ts';
import { detectorEnvironment } from '../environment/detector.ts';
import type { FunctionReport } from '../function-report.ts';
import { notifierTo } from '../notify/destinations.ts';
import { Outage } from '../notify/outage.ts';
import { publishPending } from '../notify/publish-pending.ts';
import { PublishingQueue } from '../notify/publishing-queue.ts';
import type { OnSetAside } from '../notify/set-aside.ts';
import { printable } from '../printable.ts';
import { processingLimits } from '../processing-limits.ts';
import { regimeLimits } from '../regime/regime-limits.ts';
import { rulesCache } from '../rules/rules-cache.ts';
import { rulesTable } from '../rules/rules-table.ts';
import { toldOnce } from '../rules/told-once.ts';
import type { Environment } from '../settings.ts';
import { realSurroundings, type Surroundings } from '../surroundings.ts';
import { changePointsTable } from '../tables/change-points-table.ts';
import { eventReader } from '../tables/events-table.ts';
import { pendingChangePoints } from '../tables/pending-change-points.ts';
import { regimeChunks } from '../tables/regime-chunks.ts';
import type { ChangePointName } from '../tables/stored-change-point.ts';
import { bySeries } from './arrived-series.ts';
import { detectSeries } from './detect-series.ts';
import { detectorCounts } from './detector-counts.ts';
import { eachSeries } from './each-series.ts';
import type { DetectorParts } from './look-parts.ts';
import { RememberedRegimes } from './remembered-regimes.ts';
import { retractUnfounded } from './retract-unfounded.ts';
import { UnreadableEvents } from './unreadable-events.ts';

export type DetectorHandler = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

/**
 * The detector function: stream of the events table → change-points table and topic.
 *
 * @param environment - as `detectorEnvironment` writes it
 * @throws RangeError naming the variable or option that is missing or wrong
 */
export function detectorHandler(
  environment: Environment,
  report: FunctionReport,
  surroundings: Surroundings = realSurroundings,
): DetectorHandler {
  const { clock, backoff, newId, regimeLimits: limits = regimeLimits } = surroundings;
  const told = detectorEnvironment.read(environment);
  const dynamo = dynamoClient(environment, surroundings);
  const notifier = notifierTo(told, environment, surroundings);
  const pending = pendingChangePoints(dynamo, told.changePointsTable);
  const onSetAside: OnSetAside = ({ seriesId, eventKey }, error) =>
    report({ step: 'detector', seriesId, eventKey, setAside: 1, error });
  const outage = new Outage(clock);
  const unreadable = new UnreadableEvents();
  const rules = rulesCache(rulesTable(dynamo, told.rulesTable), told.options, clock);
  const isNews = toldOnce(processingLimits.toldProblems);
  const parts: Omit<DetectorParts, 'stored'> = {
    events: eventReader(dynamo, told.eventsTable, (seriesId, key) => unreadable.add(seriesId, key)),
    changePoints: changePointsTable(dynamo, told.changePointsTable, newId),
    chunks: regimeChunks(dynamo, told.changePointsTable, backoff),
    rules,
    clock,
    backoff,
    newId,
    remembered: new RememberedRegimes(limits, backoff.random),
    regimeLimits: limits,
  };

  return async (event) => {
    const queue = new PublishingQueue<ChangePointName>({
      publish: (name) => publishPending(name, { ...surroundings, pending, notifier, onSetAside }),
      atOnce: processingLimits.publishedAtOnce,
      outage,
      clock,
    });
    const stored = (name: ChangePointName) => queue.add(name);
    let retracted = 0;
    const looks = await eachSeries(bySeries(event.Records), async ({ seriesId, waves, amended }) => {
      const detected = await detectSeries(seriesId, waves, { ...parts, stored });
      retracted += await retractUnfounded(seriesId, amended, { ...parts, stored });
      return detected;
    });
    const { failed, left } = await queue.end(processingLimits.publishAfterTestsMs);
    // Each failure of a series is reported by itself; the counts of the batch are reported once. What could not be published
    // is left to the sweeper, and fails no series.
    const { count, errors } = unreadable.take();
    for (const { seriesId, error } of [...looks.failed, ...failed, ...errors])
      report({ step: 'detector', seriesId, error });
    for (const { seriesId, result } of looks.done) {
      const { optionsError: error } = result;
      if (error === undefined || !isNews(`HEAD ${seriesId} ${error.message}`)) continue;
      report({ step: 'detector', seriesId, error, invalidOptions: 1 });
    }
    for (const { rule, error } of rules.problems()) {
      if (isNews(`${rule} ${error.message}`)) report({ step: 'detector', rule, error, invalidOptions: 1 });
    }
    const done = looks.done.map(({ result }) => result);
    const changed = looks.done.filter(({ result }) => result.changePoints > 0);
    const shown = changed.slice(0, processingLimits.namedSeries).map(({ seriesId }) => printable(seriesId));
    report({
      step: 'detector',
      records: event.Records.length,
      ...detectorCounts(done, clock()),
      ...(shown.length > 0 && { changed: shown }),
      ...(retracted > 0 && { retracted }),
      notified: notifier.take(),
      ...(count > 0 && { unreadable: count }),
      ...(left.length > 0 && { unpublished: left.length }),
    });
    const [first] = looks.failed;
    return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first.firstSequenceNumber }] };
  };
}
