import type { ServerResponse } from 'node:http';
import type { DetectorOptions } from '@aed/core';
import type { Pipeline } from '../../local/pipeline.ts';
import { messages, type Point } from '../wire.ts';
import { eventStream } from './event-stream.ts';
import { readingIn } from './overview.ts';
import { pageLimits } from './page-limits.ts';
import type { BoardReading } from './series-board.ts';
import { readHistory } from './series-history.ts';

/** One reader's look at one series. */
export interface SeriesWatch {
  /** Sends what is new. */
  tick(): void;
  end(): void;
}

/**
 * Answers with the history of a series, and from then on with each new reading.
 *
 * A reading that took the place of another, or more of them than may wait, and the history is read and sent again: a
 * reader that is slow or late is told the same as any other.
 */
export function watchSeries(
  { clients, tableStream }: Pipeline,
  seriesId: string,
  options: Required<DetectorOptions>,
  response: ServerResponse,
  closed: () => void,
): SeriesWatch {
  let waiting: BoardReading[] = [];
  let needsHistory = true;
  let reading = false;
  /** What the history that was sent last already told. */
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
      // The reader is told, and its browser asks again.
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
