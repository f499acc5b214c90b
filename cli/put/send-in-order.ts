import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { realBackoff } from '../../lambda/backoff.ts';
import { whenDue } from '../produce/pace.ts';
import { putEvents } from '../produce/put-events.ts';
import type { PutEvent } from '../produce/stream-entry.ts';
import type { PutSchedule } from './put-schedule.ts';

/** An event and where it comes from. */
export interface PlacedEvent {
  readonly event: PutEvent;
  /** Of the file, from 1. */
  readonly row: number;
  /** Epoch milliseconds of the reading. */
  readonly ms: number;
}

/** Takes events, some at a time. @returns how many were taken: fewer than all only if the signal aborted */
export type Outlet = (events: readonly PutEvent[], signal: AbortSignal) => Promise<number>;

/** Puts events into a stream, each series in its order. @param onPut - called with the number of events that were put */
export function streamOutlet(client: KinesisClient, stream: string, onPut: (count: number) => void): Outlet {
  return (events, signal) =>
    putEvents(client, stream, events, { backoff: realBackoff, aggregate: true, signal, onPut });
}

/**
 * Sends events, each when it is due.
 *
 * @param onSent - called with events that have all been taken
 * @throws the signal's reason if it aborts
 */
export async function sendInOrder(
  events: Iterable<PlacedEvent>,
  outlet: Outlet,
  dueAt: PutSchedule,
  signal: AbortSignal,
  onSent: (events: readonly PlacedEvent[]) => void,
): Promise<void> {
  for await (const due of whenDue(scheduled(events, dueAt), signal)) {
    const events = due.map(({ placed }) => placed);
    const count = await outlet(
      events.map(({ event }) => event),
      signal,
    );
    if (count === events.length) onSent(events);
    signal.throwIfAborted();
  }
  signal.throwIfAborted();
}

function* scheduled(events: Iterable<PlacedEvent>, dueAt: PutSchedule) {
  for (const placed of events) yield { placed, timestamp: dueAt(placed.ms) };
}
