import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { dynamoClient } from '../clients.ts';
import { detectorEnvironment } from '../environment/detector.ts';
import type { FunctionReport } from '../function-report.ts';
import { notifierTo } from '../notify/destinations.ts';
import { firstTime } from '../notify/first-time.ts';
import { Outage } from '../notify/outage.ts';
import { publishPending } from '../notify/publish-pending.ts';
import { PublishingQueue } from '../notify/publishing-queue.ts';
import type { OnSetAside } from '../notify/set-aside.ts';
import { printable } from '../printable.ts';
import { processingLimits } from '../processing-limits.ts';
import { regimeLimits } from '../regime/regime-limits.ts';
import type { RuleProblem } from '../rules/read-rules.ts';
import { rulesCache } from '../rules/rules-cache.ts';
import { rulesTable } from '../rules/rules-table.ts';
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
import type { DetectedSeries, DetectorParts } from './look-parts.ts';
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
  const configuration = detectorEnvironment.read(environment);
  const dynamo = dynamoClient(environment, surroundings);
  const notifier = notifierTo(configuration, environment, surroundings);
  const pending = pendingChangePoints(dynamo, configuration.changePointsTable);
  const onSetAside: OnSetAside = ({ seriesId, eventKey }, error) =>
    report({ step: 'detector', seriesId, eventKey, setAside: 1, error });
  const outage = new Outage(clock);
  const unreadable = new UnreadableEvents();
  const rules = rulesCache(rulesTable(dynamo, configuration.rulesTable), configuration.options, clock);
  const isNew = firstTime(processingLimits.reportedProblems);
  const parts: Omit<DetectorParts, 'stored'> = {
    events: eventReader(dynamo, configuration.eventsTable, (seriesId, key) => unreadable.add(seriesId, key)),
    changePoints: changePointsTable(dynamo, configuration.changePointsTable, newId),
    chunks: regimeChunks(dynamo, configuration.changePointsTable, backoff),
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
    const { count, errors } = unreadable.take();
    // Each failure of a series is reported by itself; the counts of the batch are reported once. What could not be published
    // is left to the sweeper, and fails no series.
    for (const { seriesId, error } of [...looks.failed, ...failed, ...errors])
      report({ step: 'detector', seriesId, error });
    for (const { key, ...invalid } of invalidOptions(looks.done, rules.problems()))
      if (isNew(key)) report({ step: 'detector', ...invalid, invalidOptions: 1 });
    const done = looks.done.map(({ result }) => result);
    const changed = changedSeries(looks.done);
    report({
      step: 'detector',
      records: event.Records.length,
      ...detectorCounts(done, clock()),
      ...(changed.length > 0 && { changed }),
      ...(retracted > 0 && { retracted }),
      notified: notifier.take(),
      ...(count > 0 && { unreadable: count }),
      ...(left.length > 0 && { unpublished: left.length }),
    });
    const first = looks.firstUndone;
    return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first.firstSequenceNumber }] };
  };
}

interface SeriesDone {
  readonly seriesId: string;
  readonly result: DetectedSeries;
}

/** The options of series and of rules that break a rule, each with a key that differs from those of all others. */
function invalidOptions(done: readonly SeriesDone[], problems: readonly RuleProblem[]) {
  const inHeads = done.flatMap(({ seriesId, result: { optionsError: error } }) =>
    error === undefined ? [] : [{ key: `HEAD ${seriesId} ${error.message}`, seriesId, error }],
  );
  const inRules = problems.map(({ rule, error }) => ({ key: `${rule} ${error.message}`, rule, error }));
  return [...inHeads, ...inRules];
}

/** The series in which a change point was found, as the log names them: the first ones, if they are many. */
function changedSeries(done: readonly SeriesDone[]): readonly string[] {
  const changed = done.filter(({ result }) => result.changePoints > 0);
  return changed.slice(0, processingLimits.namedSeries).map(({ seriesId }) => printable(seriesId));
}
