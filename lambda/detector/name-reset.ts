import type { ResolvedOptions } from '@aed/core';
import { nameChangePoint, namedPlaces, type SeriesChangePoint } from '../change-point.ts';
import type { EventReader } from '../tables/events-table.ts';
import type { Regime } from './regime.ts';
import type { Reset } from './reset.ts';
import { keysOfPoints } from './stretch.ts';

/** A reset by the keys of its events. */
export interface NamedReset {
  /** The next regime starts with the event after this key. */
  readonly regimeAfter: string;
  /** Absent at a set point. */
  readonly changePoint?: SeriesChangePoint;
}

/**
 * Names what a test of the regime found. Keys of older points are read from the events table.
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
  const keys = await keysOfPoints(seriesId, regime, [dropped - 1, ...named], events);
  const keyOf = (place: number): string => {
    const key = keys.get(place);
    if (key === undefined)
      throw new Error(`point ${place} must be one of the ${regime.length} of the regime`);
    return key;
  };
  const regimeAfter = keyOf(dropped - 1);
  if (found === undefined) return { regimeAfter };
  const at = (place: number) => ({ eventKey: keyOf(place), value: regime.points.valueAt(place) });
  return { regimeAfter, changePoint: nameChangePoint(found, seriesId, { at }, start, options) };
}
