import type { ServerResponse } from 'node:http';
import type { ResolvedOptions } from '@aed/core';
import type { Pipeline } from '../../local/pipeline.ts';
import { messages, type Point } from '../wire.ts';
import { eventStream } from './event-stream.ts';
import { readingIn } from './overview.ts';
import { pageLimits } from './page-limits.ts';
import type { BoardReading } from './series-board.ts';
import { readHistory } from './series-history.ts';

/** One reader who has opened one series. */
export interface SeriesWatch {
  /** Sends the readings that wait, or the history if it is needed. */
  tick(): void;
  end(): void;
}

/**
 * Answers with the history of a series, and then with each new reading.
 *
 * The history is read and sent again when a reading replaces another, or when more readings wait than allowed. So a slow
 * reader ends up with the same data as any other.
 */
export function watchSeries(
  { clients, tableStream }: Pipeline,
  seriesId: string,
  options: ResolvedOptions,
  response: ServerResponse,
  closed: () => void,
): SeriesWatch {
  let waiting: BoardReading[] = [];
  let needsHistory = true;
  let reading = false;
  /** Event keys of the history that was sent last. */
  let told: ReadonlySet<string> = new Set();

  const stop = tableStream.onRecord((record) => {
    if (record.dynamodb.Keys?.seriesId?.S !== seriesId) return;
    const reading = readingIn(record);
    if (record.eventName !== 'INSERT' || reading === undefined) needsHistory = true;
    else waiting.push(reading);
    if (waiting.length > pageLimits.waitingPoints) needsHistory = true;
    if (needsHistory && waiting.length > pageLimits.waitingPoints) waiting = [];
  });
  const stream = eventStream(response, () => {
    stop();
    closed();
  });

  async function sendHistory(): Promise<void> {
    reading = true;
    needsHistory = false;
    try {
      const { history, eventKeys } = await readHistory(clients, seriesId, options);
      told = eventKeys;
      stream.send(messages.history, history);
    } catch (error) {
      // The browser shows the error and reconnects.
      stream.send(messages.failed, error instanceof Error ? error.message : String(error));
      stream.end();
    } finally {
      reading = false;
    }
  }

  return {
    tick() {
      if (reading || stream.busy) return;
      if (needsHistory) {
        void sendHistory();
        return;
      }
      const points = waiting
        .filter(({ eventKey }) => !told.has(eventKey))
        .map(({ time, value }): Point => [time, value]);
      waiting = [];
      if (points.length > 0) stream.send(messages.points, points);
    },
    end: stream.end,
  };
}
