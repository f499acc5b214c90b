import { AedDetector, type DetectorOptions } from '@aed/core';
import { type Backoff, waitBeforeRetry } from './backoff.ts';
import { nameChangePoint } from './change-point.ts';
import { type Head, HeadMovedError } from './change-points-table.ts';
import { compareEventKeys } from './event.ts';
import type { EventReader, StoredEvent } from './events-table.ts';
import { limits } from './limits.ts';
import { Regime } from './regime.ts';
import { type SettleParts, settle } from './settle.ts';
import type { WarmRegime, WarmRegimes } from './warm-regimes.ts';

export interface DetectorParts extends SettleParts {
  readonly events: EventReader;
  /** Options of every series that has none of its own. */
  readonly options: Required<DetectorOptions>;
  readonly warm: WarmRegimes;
  readonly backoff: Backoff;
}

/** What one look at a series came to. */
export interface DetectedSeries {
  /** Arrived events that took part in the tests. */
  readonly tested: number;
  /** Arrived events older than the regime, or brought again after a reset: stored, counted, without effect. */
  readonly late: number;
  readonly changePoints: number;
}

/**
 * Tests a series up to the newest of the events that arrived.
 *
 * The HEAD is the one place of decision: a write of it, conditioned on its version, moves the regime's start and carries
 * the change point found, so that of two detectors at once one decides and the other starts over. What is decided is
 * then settled; a HEAD with something pending is what a crash leaves behind, and is settled first.
 *
 * Every look ends with a write of the HEAD. So a regime that is remembered from the last look is known to be whole while
 * the version is still the one written then and all that arrived is newer: only what is new is read. Anything else, a
 * late event or another instance's look, has the regime read from its start.
 *
 * @param arrived - event keys of the series that the table's stream brought
 * @throws what a store or the notifier throws; HeadMovedError if other writers keep moving the HEAD
 */
export async function detectSeries(
  seriesId: string,
  arrived: readonly string[],
  parts: DetectorParts,
): Promise<DetectedSeries> {
  for (let conflicts = 0; ; conflicts++) {
    try {
      return await detectFromHead(seriesId, arrived, parts);
    } catch (error) {
      if (!(error instanceof HeadMovedError) || conflicts === limits.headConflicts) throw error;
      await waitBeforeRetry(parts.backoff, conflicts);
    }
  }
}

async function detectFromHead(
  seriesId: string,
  arrived: readonly string[],
  parts: DetectorParts,
): Promise<DetectedSeries> {
  let head = await settlePending(await parts.changePoints.head(seriesId), parts);
  const { regimeAfter } = head;
  const inRegime = arrived.filter(
    (key) => regimeAfter === undefined || compareEventKeys(key, regimeAfter) > 0,
  );
  const newest = inRegime.sort(compareEventKeys).at(-1);
  const late = arrived.length - inRegime.length;
  if (newest === undefined) return { tested: 0, late, changePoints: 0 };

  const options = optionsOf(head, parts.options);
  const warm = stillWhole(parts.warm.take(seriesId), head, inRegime);
  const regime = warm?.regime ?? new Regime(head.testedThrough, options);
  let changePoints = 0;
  for await (const event of eventsOf(parts.events.read(seriesId, warm?.through ?? regimeAfter, newest))) {
    const reset = regime.add(event);
    if (reset === undefined) continue;
    const { regimeAfter, testedThrough, found } = reset;
    const moved = { ...head, regimeAfter, testedThrough };
    if (found === undefined) {
      head = await parts.changePoints.moveHead(head, moved);
      continue;
    }
    const pending = nameChangePoint(found, seriesId, reset.events, reset.start, options);
    head = await parts.changePoints.moveHead(head, { ...moved, pending });
    head = await settlePending(head, parts);
    changePoints++;
  }
  head = await parts.changePoints.moveHead(head, { ...head, seenThrough: newest });
  parts.warm.remember(seriesId, { regime, version: head.version, through: newest });
  return { tested: inRegime.length, late, changePoints };
}

/** The remembered regime, if nobody wrote the HEAD since and nothing that arrived belongs into what it holds already. */
function stillWhole(
  warm: WarmRegime | undefined,
  head: Head,
  arrived: readonly string[],
): WarmRegime | undefined {
  if (warm?.version !== head.version) return undefined;
  return arrived.every((key) => compareEventKeys(key, warm.through) > 0) ? warm : undefined;
}

async function* eventsOf(pages: AsyncIterable<readonly StoredEvent[]>): AsyncGenerator<StoredEvent> {
  for await (const page of pages) yield* page;
}

async function settlePending(head: Head, parts: DetectorParts): Promise<Head> {
  const { pending, ...settled } = head;
  if (pending === undefined) return head;
  await settle(pending, parts);
  return parts.changePoints.moveHead(head, settled);
}

/** @throws RangeError if the options stored for the series break a rule */
function optionsOf(head: Head, defaults: Required<DetectorOptions>): Required<DetectorOptions> {
  return head.options === undefined ? defaults : new AedDetector({ ...defaults, ...head.options }).options;
}
