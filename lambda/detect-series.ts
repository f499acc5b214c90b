import { AedDetector, type DetectorOptions } from '@aed/core';
import { nameChangePoint } from './change-point.ts';
import { type Head, HeadMovedError } from './change-points-table.ts';
import { compareEventKeys } from './event.ts';
import type { EventReader } from './events-table.ts';
import { findResets } from './find-resets.ts';
import { limits } from './limits.ts';
import { type SettleParts, settle } from './settle.ts';

export interface DetectorParts extends SettleParts {
  readonly events: EventReader;
  /** Options of every series that has none of its own. */
  readonly options: Required<DetectorOptions>;
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
  const pages = parts.events.read(seriesId, regimeAfter, newest);
  let changePoints = 0;
  for await (const reset of findResets(pages, head.testedThrough, options)) {
    const { regimeAfter, testedThrough, found } = reset;
    const start = { ...head, regimeAfter, testedThrough };
    if (found === undefined) {
      head = await parts.changePoints.moveHead(head, start);
      continue;
    }
    const pending = nameChangePoint(found, seriesId, reset.regime, reset.regimeStart, options);
    head = await parts.changePoints.moveHead(head, { ...start, pending });
    head = await settlePending(head, parts);
    changePoints++;
  }
  return { tested: inRegime.length, late, changePoints };
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
