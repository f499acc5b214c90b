import type { Arrival } from './aftermath.ts';
import type { Produced } from './producer.ts';
import { keyOf } from './producer.ts';

/** Closing items of a series that were written while an event that was put before them was not stored. */
export function toldOutOfOrder(
  arrived: readonly Arrival[],
  { order }: Pick<Produced, 'order'>,
): readonly string[] {
  const keys = order.map(keyOf);
  const places = new Map(keys.map((key, place) => [key, place]));
  const stored = new Set<string>();
  /** All events before this place are stored. */
  let complete = 0;
  return arrived.flatMap(({ seriesId, eventKey, wave }) => {
    stored.add(eventKey);
    while (stored.has(keys[complete] ?? '')) complete++;
    if (wave === undefined || (places.get(eventKey) ?? 0) < complete) return [];
    return [`${seriesId} ${eventKey} was told before ${keys[complete]} was stored`];
  });
}

/** Events of a series that were added or changed after the last wave around them had been closed. */
export function untold(arrived: readonly Arrival[]): readonly string[] {
  return arrived.flatMap(({ seriesId, eventKey }, place) => {
    const isTold = arrived
      .slice(place)
      .some(({ wave }) => wave !== undefined && wave.oldest <= eventKey && eventKey <= wave.closing);
    return isTold ? [] : [`${seriesId} ${eventKey} was changed and not told`];
  });
}
