import type { DetectorOptions } from '@aed/core';
import { waitBeforeRetry } from '../backoff.ts';
import { nameChangePoint } from '../change-point.ts';
import { compareEventKeys, type StoredEvent } from '../event.ts';
import type { SettleParts } from '../notify/settle.ts';
import { pendingIn, settlePending } from '../notify/settle-pending.ts';
import { processingLimits } from '../processing-limits.ts';
import { optionsOfSeries } from '../service-options.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Head, HeadMovedError } from '../tables/change-points-table.ts';
import type { EventReader } from '../tables/events-table.ts';
import { Regime } from './regime.ts';
import type { WarmRegimes } from './warm-regimes.ts';

export interface DetectorParts extends SettleParts, Pick<Surroundings, 'newId'> {
  readonly events: EventReader;
  /** Options of every series that has none of its own. */
  readonly options: Required<DetectorOptions>;
  readonly warm: WarmRegimes;
}

/** What one look at a series came to. */
export interface DetectedSeries {
  /** Arrived events that took part in the tests, or will in the next one. */
  readonly tested: number;
  /** Arrived events older than the regime, or brought again after a reset: stored, counted, without effect. */
  readonly late: number;
  /** Change points that this look decided. */
  readonly changePoints: number;
  /** How the regime came in: whole from the table, or only its news, after what was remembered; absent if none was new. */
  readonly read?: 'cold' | 'warm';
  /** Points of the regime after the look; absent if none was new. */
  readonly regimeLength?: number;
  /** Event key of the newest event; absent if none was new. */
  readonly newest?: string;
  /** What is wrong with the options stored for the series; it is then tested with the service's. */
  readonly optionsError?: RangeError;
}

/**
 * Tests a series up to the newest of the events that arrived: one test ends at each event, when it is first seen.
 *
 * The HEAD is the one place of decision: a write of it, conditioned on its version, moves the regime's start and carries
 * the change point found, so that of two detectors at once one decides and the other starts over. What is decided is
 * then settled; a HEAD with something pending is what another detector is at, or what a crash left behind, and is settled
 * first.
 *
 * Every look ends with a write of the HEAD. So a regime that is remembered from the last look can be gone on with while
 * everything that arrived is newer: only what is new is read, and if another instance was there since, the write is
 * refused and the look starts over. A late event has the regime read from its start, and takes part from the next test on.
 *
 * @param arrived - event keys of the series that the table's stream brought
 * @throws what a store or the notifier throws; HeadMovedError if other writers keep moving the HEAD, ClaimedError if one
 *   keeps something pending
 */
export async function detectSeries(
  seriesId: string,
  arrived: readonly string[],
  parts: DetectorParts,
): Promise<DetectedSeries> {
  const attempt: Attempt = { claimant: parts.newId(), changePoints: 0 };
  for (let conflicts = 0; ; conflicts++) {
    try {
      return await look(seriesId, arrived, attempt, parts);
    } catch (error) {
      if (!(error instanceof HeadMovedError) || conflicts === processingLimits.headConflicts) throw error;
      await waitBeforeRetry(parts.backoff, conflicts);
    }
  }
}

/** What outlasts a start over. */
interface Attempt {
  readonly claimant: string;
  changePoints: number;
}

async function look(
  seriesId: string,
  arrived: readonly string[],
  attempt: Attempt,
  parts: DetectorParts,
): Promise<DetectedSeries> {
  const warm = parts.warm.take(seriesId);
  const settled = (head: Head) => settlePending(head, attempt.claimant, parts);
  let head = warm?.head ?? (await settled(await parts.changePoints.head(seriesId)));
  const inRegime = arrived.filter((key) => isAfter(key, head.regimeAfter));
  const fresh = inRegime.filter((key) => isAfter(key, head.testedThrough));
  const newest = fresh.sort(compareEventKeys).at(-1);
  const counts = { tested: inRegime.length, late: arrived.length - inRegime.length };
  if (newest === undefined) {
    // Who remembers the regime must learn that it has grown in its midst.
    if (inRegime.length > 0) await parts.changePoints.moveHead(head, head);
    else if (warm !== undefined) {
      await checkStands(head, parts);
      parts.warm.remember(seriesId, warm);
    }
    return { ...counts, changePoints: attempt.changePoints };
  }

  const { options, optionsError } = optionsOfSeries(head.options, parts.options);
  const known = fresh.length === inRegime.length ? warm?.regime : undefined;
  const regime = known ?? new Regime(head.testedThrough, options);
  const from = known === undefined ? head.regimeAfter : head.testedThrough;
  for await (const event of eventsOf(parts.events.read(seriesId, from, newest))) {
    const reset = regime.add(event);
    if (reset === undefined) continue;
    const { regimeAfter, testedThrough, found } = reset;
    const moved = { ...head, regimeAfter, testedThrough };
    if (found === undefined) {
      head = await parts.changePoints.moveHead(head, moved);
      continue;
    }
    const changePoint = nameChangePoint(found, seriesId, reset.events, reset.start, options);
    const pending = pendingIn(changePoint, attempt.claimant, parts.clock());
    head = await parts.changePoints.moveHead(head, { ...moved, ...pending });
    attempt.changePoints++;
    head = await settled(head);
  }
  head = await parts.changePoints.moveHead(head, { ...head, testedThrough: newest });
  parts.warm.remember(seriesId, { regime, head });
  return {
    ...counts,
    changePoints: attempt.changePoints,
    read: known === undefined ? 'cold' : 'warm',
    regimeLength: regime.length,
    newest,
    ...(optionsError && { optionsError }),
  };
}

/**
 * Events that are late for a remembered regime are so only while its HEAD is the stored one: whoever deletes that has the
 * series tested anew.
 *
 * @throws HeadMovedError if it is not
 */
async function checkStands(head: Head, { changePoints }: DetectorParts): Promise<void> {
  const { version, writeId } = await changePoints.head(head.seriesId);
  if (version !== head.version || writeId !== head.writeId) {
    throw new HeadMovedError(`the HEAD is another one than that of version ${head.version}`);
  }
}

function isAfter(key: string, other: string | undefined): boolean {
  return other === undefined || compareEventKeys(key, other) > 0;
}

async function* eventsOf(pages: AsyncIterable<readonly StoredEvent[]>): AsyncGenerator<StoredEvent> {
  for await (const page of pages) yield* page;
}
