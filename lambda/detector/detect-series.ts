import type { ResolvedOptions } from '@aed/core';
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
import type { Wave } from '../wave.ts';
import { Regime } from './regime.ts';
import { memoryIn, storedMemory } from './regime-memory.ts';
import type { WarmRegimes } from './warm-regimes.ts';

export interface DetectorParts extends SettleParts, Pick<Surroundings, 'newId'> {
  readonly events: EventReader;
  /** The options of a series that has none of its own. */
  readonly options: ResolvedOptions;
  readonly warm: WarmRegimes;
}

/** The outcome of one look at a series. */
export interface DetectedSeries {
  /** Events of the waves that took part in the tests, or will take part in the next one. */
  readonly tested: number;
  /** Of these, events at which a test had ended before: they came out of order, with another value, or once more. */
  readonly again: number;
  /**
   * Events of the waves that were written after their regime had ended, or written again after a reset. They are stored and
   * counted, and change nothing. Of a wave on both sides of the regime's start, its oldest event alone counts as late.
   */
  readonly late: number;
  /** Change points that this look decided. */
  readonly changePoints: number;
  /** Whether the whole regime was read, or only what is new since the remembered one. Absent if no event was new. */
  readonly read?: 'cold' | 'warm';
  /** Points of the regime after the look; absent if no event was new. */
  readonly regimeLength?: number;
  /** Event key of the newest event; absent if no event was new. */
  readonly newest?: string;
  /** What is wrong with the series' own options. The series is then tested with those of the service. */
  readonly optionsError?: RangeError;
}

/**
 * Tests a series up to the newest event of the waves that were written. One test ends at each event, when the event is first seen.
 *
 * All decisions are made in the HEAD. One conditional write of it moves the start of the regime and holds the change point
 * that was found. Of two detectors at work on a series, one decides and the other starts over. A decided change point is
 * then settled. If the HEAD that is read has a pending change point, another detector is settling it, or a crash left it
 * behind: it is settled first.
 *
 * Every look ends with a write of the HEAD. So a look can continue the regime that the last one left in memory, and read
 * only what is new, as long as all events of the waves are newer. If another instance has tested the series meanwhile,
 * the write is refused and the look starts over. A wave whose oldest event was tested before may have inserted or changed an event in the
 * regime. Then the whole regime is read again, and that event takes part from the next test on.
 *
 * @param waves - of the series, as the table's stream brought them. When a wave is closed, all events of the series that arrived before are
 *   stored. So every event up to the newest closing one can be read
 * @throws what a store or the notifier throws; HeadMovedError if other writers keep moving the HEAD; ClaimedError if
 *   another one holds a claim on a pending change point for too long
 */
export async function detectSeries(
  seriesId: string,
  waves: readonly Wave[],
  parts: DetectorParts,
): Promise<DetectedSeries> {
  const progress: LookProgress = { claimant: parts.newId(), changePoints: 0 };
  for (let conflicts = 0; ; conflicts++) {
    try {
      return await look(seriesId, waves, progress, parts);
    } catch (error) {
      if (!(error instanceof HeadMovedError) || conflicts === processingLimits.headConflicts) throw error;
      await waitBeforeRetry(parts.backoff, conflicts);
    }
  }
}

/** What is kept when the look starts over. */
interface LookProgress {
  readonly claimant: string;
  changePoints: number;
}

async function look(
  seriesId: string,
  waves: readonly Wave[],
  progress: LookProgress,
  parts: DetectorParts,
): Promise<DetectedSeries> {
  const warm = parts.warm.take(seriesId);
  const settled = (head: Head) => settlePending(head, progress.claimant, parts);
  let head = warm?.head ?? (await settled(await parts.changePoints.head(seriesId)));
  const inRegime = waves.filter(({ closing }) => isAfter(closing, head.regimeAfter));
  const { testedThrough: testedBefore } = head;
  const newest = newestOf(inRegime.map(({ closing }) => closing).filter((key) => isAfter(key, testedBefore)));
  /** Whether an event of the regime may be inserted or changed. */
  const isTouched = inRegime.some(({ oldest }) => !isAfter(oldest, testedBefore));
  const counts = countsOf(waves, head);
  if (newest === undefined) {
    // An instance that remembers the regime must learn that a late event was inserted.
    if (isTouched) await parts.changePoints.moveHead(head, head);
    else if (warm !== undefined) {
      await checkStands(head, parts);
      parts.warm.remember(seriesId, warm);
    }
    return { ...counts, again: counts.tested, changePoints: progress.changePoints };
  }

  const { options, optionsError } = optionsOfSeries(head.options, parts.options);
  const known = isTouched ? undefined : warm?.regime;
  const regime = known ?? new Regime(head.testedThrough, options, memoryIn(head));
  const from = known === undefined ? head.regimeAfter : head.testedThrough;
  let fresh = 0;
  for await (const event of eventsOf(parts.events.read(seriesId, from, newest))) {
    if (isAfter(event.eventKey, testedBefore)) fresh++;
    const reset = regime.add(event);
    if (reset === undefined) continue;
    const { regimeAfter, testedThrough, found, memory } = reset;
    const moved = { ...head, regimeAfter, testedThrough, memory: storedMemory(memory) };
    if (found === undefined) {
      head = await parts.changePoints.moveHead(head, moved);
      continue;
    }
    const changePoint = nameChangePoint(found, seriesId, reset.events, reset.start, options);
    const pending = pendingIn(changePoint, progress.claimant, parts.clock());
    head = await parts.changePoints.moveHead(head, { ...moved, ...pending });
    progress.changePoints++;
    head = await settled(head);
  }
  head = await parts.changePoints.moveHead(head, { ...head, testedThrough: newest });
  parts.warm.remember(seriesId, { regime, head });
  return {
    ...counts,
    again: Math.max(0, counts.tested - fresh),
    changePoints: progress.changePoints,
    read: known === undefined ? 'cold' : 'warm',
    regimeLength: regime.length,
    newest,
    ...(optionsError && { optionsError }),
  };
}

/**
 * Checks that the remembered HEAD is still the stored one. If someone deleted the HEAD, the series is tested anew, and no
 * event is late.
 *
 * @throws HeadMovedError if it is not
 */
async function checkStands(head: Head, { changePoints }: DetectorParts): Promise<void> {
  const { version, writeId } = await changePoints.head(head.seriesId);
  if (version !== head.version || writeId !== head.writeId) {
    throw new HeadMovedError(`the stored HEAD is not the remembered one of version ${head.version}`);
  }
}

/** How many events of the waves are in the regime, and how many are too late for it. */
function countsOf(waves: readonly Wave[], { regimeAfter }: Head): Pick<DetectedSeries, 'tested' | 'late'> {
  let [tested, late] = [0, 0];
  for (const { closing, oldest, count } of waves) {
    const tooLate = !isAfter(closing, regimeAfter) ? count : Number(!isAfter(oldest, regimeAfter));
    late += tooLate;
    tested += count - tooLate;
  }
  return { tested, late };
}

function newestOf(eventKeys: string[]): string | undefined {
  return eventKeys.sort(compareEventKeys).at(-1);
}

function isAfter(key: string, other: string | undefined): boolean {
  return other === undefined || compareEventKeys(key, other) > 0;
}

async function* eventsOf(pages: AsyncIterable<readonly StoredEvent[]>): AsyncGenerator<StoredEvent> {
  for await (const page of pages) yield* page;
}
