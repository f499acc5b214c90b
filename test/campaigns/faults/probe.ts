import type { ResolvedOptions } from '@aed/core';
import { nameChangePoint, type SeriesChangePoint } from '../../../lambda/change-point.ts';
import { memoryIn } from '../../../lambda/detector/regime-memory.ts';
import type { Backend } from '../../../local/backend.ts';
import { PlainRegime } from '../../lambda/detector/slow/plain-regime.ts';
import { keyOf } from './producer.ts';
import { changePointItems, eventItems } from './what-is-stored.ts';

/** The change points of the last events of a series: those that a detector without any memory would find, and so those that must be there. */
export interface Probe {
  readonly seriesId: string;
  /** All change points after this key were found in the probe. */
  readonly after: string;
  readonly expected: readonly SeriesChangePoint[];
}

/**
 * What must be found in events to come, by what is stored of a series. Which tests had ended when a late event came depends on timing. But
 * then the event takes part. So a detector that remembers its regime must find what one would find that reads all of it.
 *
 * Call it while nothing else is at work on the series.
 */
export async function probeOf(
  backend: Backend,
  seriesId: string,
  options: ResolvedOptions,
  values: readonly number[],
): Promise<Probe> {
  const { head } = await changePointItems(backend, seriesId);
  const stored = await eventItems(backend, seriesId);
  const after = head?.testedThrough ?? '';
  const events = stored.filter(({ eventKey }) => eventKey > (head?.regimeAfter ?? ''));
  const probe = values.map((value, at) => ({ eventKey: keyOf(stored.length + at), value }));
  const regime = new PlainRegime(head?.testedThrough, options, memoryIn(head ?? {}));
  const expected = [...events, ...probe].flatMap((event) => {
    const reset = regime.add(event);
    return reset?.found === undefined
      ? []
      : [nameChangePoint(reset.found, seriesId, reset.events, reset.start, options)];
  });
  return { seriesId, after, expected };
}
