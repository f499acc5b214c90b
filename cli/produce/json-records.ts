import type { PutEvent } from './stream-entry.ts';

/**
 * Puts several events of one series into one record, a JSON array: fewer records for the same events.
 *
 * A record is yielded once it has `eventsInRecord` events; incomplete ones follow at the end. The order in a series stays.
 */
export function* inJsonRecords<Event extends PutEvent>(
  events: Iterable<Event>,
  eventsInRecord: number,
): Generator<PutEvent & { readonly events: readonly Event[] }> {
  const open = new Map<string, Event[]>();
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

function record<Event extends PutEvent>(seriesId: string, events: readonly Event[]) {
  return { seriesId, events, toJSON: () => (events.length === 1 ? events[0] : events) };
}
