import type { ServiceRecord } from './service-records.ts';
import type { PutEvent } from './stream-entry.ts';

/**
 * Puts several events of one series into one record, a JSON array: fewer records for the same events.
 *
 * A record is yielded once it has `eventsInRecord` events; incomplete ones follow at the end. The order in a series stays.
 */
export function* inJsonRecords(
  events: Iterable<ServiceRecord>,
  eventsInRecord: number,
): Generator<PutEvent & { readonly events: readonly ServiceRecord[] }> {
  const open = new Map<string, ServiceRecord[]>();
  for (const event of events) {
    const together = open.get(event.seriesId) ?? [];
    together.push(event);
    if (together.length < eventsInRecord) {
      open.set(event.seriesId, together);
      continue;
    }
    open.delete(event.seriesId);
    yield record(event.seriesId, together);
  }
  for (const [seriesId, together] of open) yield record(seriesId, together);
}

function record(seriesId: string, events: readonly ServiceRecord[]) {
  const [first, ...others] = events.map((event) => event.toJSON());
  return { seriesId, events, toJSON: () => (others.length === 0 ? first : [first, ...others]) };
}
