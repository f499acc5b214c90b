import { dynamoClient } from '../clients.ts';
import { sweeperEnvironment } from '../environment/sweeper.ts';
import { plain } from '../figures.ts';
import type { FunctionReport } from '../function-report.ts';
import { processingLimits } from '../processing-limits.ts';
import type { Environment } from '../settings.ts';
import { realSurroundings, type Surroundings } from '../surroundings.ts';
import { type ChangePointsTable, changePointsTable } from '../tables/change-points-table.ts';
import { HeadMovedError } from '../tables/head.ts';
import { pendingChangePoints } from '../tables/pending-change-points.ts';
import { type PendingItem, pendingIndex } from '../tables/pending-index.ts';
import { type ChangePointName, changePointAt } from '../tables/stored-change-point.ts';
import { notifierTo } from './destinations.ts';
import { Outage } from './outage.ts';
import { type Publishing, type PublishParts, publishPending } from './publish-pending.ts';
import { PublishingQueue } from './publishing-queue.ts';
import { storePending } from './store-pending.ts';

export type SweeperHandler = () => Promise<void>;

/**
 * The sweeper function, on a schedule: publishes what the detector decided and did not publish, because the topic was down or
 * a crash came between. The oldest comes first, and many series are at work at once. If the topic is down, the sweep ends early.
 *
 * @param environment - as `sweeperEnvironment` writes it
 * @throws RangeError naming the variable that is missing; each run throws if it could not publish a change point
 */
export function sweeperHandler(
  environment: Environment,
  report: FunctionReport,
  surroundings: Surroundings = realSurroundings,
): SweeperHandler {
  const configuration = sweeperEnvironment.read(environment);
  const dynamo = dynamoClient(environment, surroundings);
  const notifier = notifierTo(configuration, environment, surroundings);
  const index = pendingIndex(dynamo, configuration.changePointsTable, configuration.pendingIndex);
  const changePoints = changePointsTable(dynamo, configuration.changePointsTable, surroundings.newId);
  const parts: PublishParts = {
    ...surroundings,
    pending: pendingChangePoints(dynamo, configuration.changePointsTable),
    notifier,
    onSetAside: ({ seriesId, eventKey }, error) =>
      report({ step: 'sweeper', seriesId, eventKey, setAside: 1, error }),
  };
  const { clock } = surroundings;

  async function publish({ seriesId, sortKey, pendingSince }: PendingItem): Promise<Publishing> {
    const stored = changePointAt(seriesId, sortKey);
    if (stored !== undefined) return publishPending(stored, parts);
    // One from the far future is of a clock that was ahead: nobody is about to go on.
    const age = Math.abs(clock().getTime() - Date.parse(pendingSince));
    if (age < processingLimits.abandonedMs) return 'waits';
    const abandoned = await takeFromHead(seriesId, changePoints, clock);
    return abandoned === undefined ? 'not pending' : publishPending(abandoned, parts);
  }

  return async () => {
    const items = await index.items(processingLimits.sweptChangePoints);
    const queue = new PublishingQueue<PendingItem>({
      publish,
      atOnce: processingLimits.sweptAtOnce,
      outage: new Outage(clock),
      clock,
    });
    for (const item of items) queue.add(item);
    const { published, failed, left } = await queue.end(processingLimits.sweepMs);
    for (const { seriesId, error } of failed) report({ step: 'sweeper', seriesId, error });
    const now = clock().getTime();
    // A time that somebody edited may be none.
    const oldest = Math.min(now, ...left.map(({ pendingSince }) => Date.parse(pendingSince) || now));
    report({
      step: 'sweeper',
      pending: items.length,
      swept: published,
      notified: notifier.take(),
      oldestPendingMs: now - oldest,
    });
    if (failed.length > 0)
      throw new Error(`${plain.counted(failed.length, 'change point')} could not be published`);
  };
}

/** Stores what a HEAD still holds as pending, and takes it out of the HEAD. @returns its name, if it can have one */
async function takeFromHead(
  seriesId: string,
  changePoints: ChangePointsTable,
  clock: Surroundings['clock'],
): Promise<ChangePointName | undefined> {
  const head = await changePoints.head(seriesId);
  let found: ChangePointName | undefined;
  const stored = (name: ChangePointName) => {
    found = name;
  };
  const without = await storePending(head, { changePoints, clock, stored });
  try {
    if (without !== head) await changePoints.moveHead(head, without);
  } catch (error) {
    // Then a detector goes on with the HEAD.
    if (!(error instanceof HeadMovedError)) throw error;
  }
  return found;
}
