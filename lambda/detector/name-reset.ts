import type { ResolvedOptions } from '@aed/core';
import { nameChangePoint, namedPlaces, type SeriesChangePoint } from '../change-point.ts';
import type { StoredEvent } from '../event.ts';
import type { EventReader } from '../tables/events-table.ts';
import type { Regime } from './regime.ts';
import type { Reset } from './reset.ts';
import { eventsOfPoints } from './stretch.ts';

/** A reset by the keys of its events. */
export interface NamedReset {
  /** The next regime starts with the event after this key. */
  readonly regimeAfter: string;
  /** Absent at a set point. */
  readonly changePoint?: SeriesChangePoint;
  /** Epoch seconds at which the first reading of the regime expires, or another one that the change point names. Absent if none does. */
  readonly expiresAt?: number;
}

/**
 * Names what a test of the regime found. Older points are read from the events table.
 *
 * @throws StaleRegimeError if that holds other events than the regime
 */
export async function nameReset(
  seriesId: string,
  regime: Regime,
  { found, start, dropped }: Reset,
  options: ResolvedOptions,
  events: EventReader,
): Promise<NamedReset> {
  const named = found === undefined ? [] : namedPlaces(found, start).map((index) => index - start);
  const points = await eventsOfPoints(seriesId, regime, [dropped - 1, ...named], events);
  const at = (place: number): StoredEvent => {
    const event = points.get(place);
    if (event === undefined)
      throw new Error(`point ${place} must be one of the ${regime.length} of the regime`);
    return event;
  };
  const regimeAfter = at(dropped - 1).eventKey;
  if (found === undefined) return { regimeAfter };
  const changePoint = nameChangePoint(found, seriesId, { at }, start, options);
  // With another retention a later reading may expire before the first one.
  const expiries = named.flatMap((place) => at(place).expiresAt ?? []).filter(Number.isSafeInteger);
  return { regimeAfter, changePoint, ...(expiries.length > 0 && { expiresAt: Math.min(...expiries) }) };
}
