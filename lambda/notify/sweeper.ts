import { dynamoClient } from '../clients.ts';
import { eachSeries } from '../each-series.ts';
import { sweeperEnvironment } from '../environment/sweeper.ts';
import type { FunctionReport } from '../function-report.ts';
import { processingLimits } from '../processing-limits.ts';
import type { Environment } from '../settings.ts';
import { realSurroundings, type Surroundings } from '../surroundings.ts';
import { changePointsTable } from '../tables/change-points-table.ts';
import { HeadMovedError } from '../tables/head.ts';
import { notifierTo } from './destinations.ts';
import { pendingIndex } from './pending-index.ts';
import type { SettleParts } from './settle.ts';
import { isClaimed, settlePending } from './settle-pending.ts';

export type SweeperHandler = () => Promise<void>;

/**
 * The sweeper function, on a schedule: publishes the change points that a crash or a failure left pending. Without it a
 * change point would wait for the next event of its series, which may never come.
 *
 * The sweeper skips a change point with a live claim: the holder of the claim publishes it.
 *
 * @param environment - as `sweeperEnvironment` writes it
 * @throws RangeError naming the variable that is missing; each run throws if it could not publish a change point
 */
export function sweeperHandler(
  environment: Environment,
  report: FunctionReport,
  surroundings: Surroundings = realSurroundings,
): SweeperHandler {
  const told = sweeperEnvironment.read(environment);
  const dynamo = dynamoClient(environment, surroundings);
  const notifier = notifierTo(told, environment, surroundings);
  const index = pendingIndex(dynamo, told.changePointsTable, told.pendingIndex);
  const changePoints = changePointsTable(dynamo, told.changePointsTable, surroundings.newId);
  const parts: SettleParts = { ...surroundings, changePoints, notifier };

  return async () => {
    const pending = await index.series(processingLimits.sweptSeries);
    // Many failures end a sweep. Each sweep starts at a random series, so that series that always fail do not block the others.
    const first = Math.floor(surroundings.backoff.random() * pending.length);
    const { done, failed } = await eachSeries(
      [...pending.slice(first), ...pending.slice(0, first)].map((seriesId) => ({ seriesId })),
      ({ seriesId }) => sweep(seriesId, surroundings.newId(), parts),
    );
    for (const { seriesId, error } of failed) report({ step: 'sweeper', seriesId, error });
    const swept = done.filter(({ result }) => result).length;
    report({ step: 'sweeper', pending: pending.length, swept, notified: notifier.take() });
    if (failed.length > 0) throw new Error(`${failed.length} change points could not be published`);
  };
}

/** @returns whether this call settled a pending change point; if not, another one holds the claim or has settled it */
async function sweep(seriesId: string, claimant: string, parts: SettleParts): Promise<boolean> {
  const head = await parts.changePoints.head(seriesId);
  if (head.pending === undefined || isClaimed(head, parts.clock())) return false;
  try {
    await settlePending(head, claimant, parts);
    return true;
  } catch (error) {
    if (error instanceof HeadMovedError) return false;
    throw error;
  }
}
