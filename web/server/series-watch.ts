import type { ServerResponse } from 'node:http';
import { compareEventKeys } from '../../lambda/event.ts';
import { type FollowedChange, type History, messages, type Point } from '../wire.ts';
import { eventStream } from './event-stream.ts';
import { pageLimits } from './page-limits.ts';
import type { BoardReading } from './series-board.ts';
import { readHistory } from './series-history.ts';
import type { WatchedService } from './watched-service.ts';

/** One reader who has opened one series. */
export interface SeriesWatch {
  /** Sends the readings that wait, or the history if it is needed. */
  tick(): void;
  /** Takes a change point of any series, told or acknowledged. */
  changed(found: FollowedChange): void;
  /** The rules of a series, of any, are others. */
  ruled(seriesId: string): void;
  end(): void;
}

/**
 * Answers with the history of a series, and then with each new reading.
 *
 * The history is read and sent again when a reading replaces another, when more readings wait than allowed, or when a change
 * comes while it is read. So a slow reader ends up with the same data as any other.
 */
export function watchSeries(
  service: WatchedService,
  seriesId: string,
  response: ServerResponse,
  closed: () => void,
): SeriesWatch {
  const { tables, onReading, follow } = service;
  let waiting: BoardReading[] = [];
  let needsHistory = true;
  let reading = false;
  let changes: FollowedChange[] = [];
  /** What was sent last of each change point. */
  let standings = new Map<string, string>();
  /** Event keys of the history that was sent last. */
  let told: ReadonlySet<string> = new Set();

  const stop = onReading(({ seriesId: id, reading, isNew }) => {
    if (id !== seriesId) return;
    if (!isNew || reading === undefined) needsHistory = true;
    else waiting.push(reading);
    if (waiting.length > pageLimits.waitingPoints) needsHistory = true;
    if (needsHistory && waiting.length > pageLimits.waitingPoints) waiting = [];
  });
  const unfollow = follow(seriesId);
  const stream = eventStream(response, () => {
    stop();
    unfollow();
    closed();
  });

  async function sendHistory(): Promise<void> {
    reading = true;
    needsHistory = false;
    try {
      const { history: read, eventKeys } = await readHistory(tables, seriesId, service.options);
      const history = service.isPolled ? withGuessedOptions(read) : read;
      told = eventKeys;
      changes = [];
      standings = new Map(history.changePoints.map((one) => [one.id, standingOf(one)]));
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
      if (changes.length > 0) stream.send(messages.changes, changes);
      changes = [];
    },
    changed(found) {
      if (found.seriesId !== seriesId || standings.get(found.id) === standingOf(found)) return;
      const [first] = told;
      // The history has none from before its first reading.
      if (first !== undefined && compareEventKeys(found.eventKey, first) < 0) return;
      if (reading) {
        // Which of the two is newer is not known.
        needsHistory = true;
        return;
      }
      standings.set(found.id, standingOf(found));
      changes.push(found);
      if (changes.length > pageLimits.historyChangePoints) changes.shift();
    },
    ruled(id) {
      if (id === seriesId) needsHistory = true;
    },
    end: stream.end,
  };
}

/** The options of its newest change point: the settings of a service that runs elsewhere cannot be read. */
function withGuessedOptions(history: History): History {
  // What a rule gives is known, but for what it leaves to the service.
  if (history.rule !== undefined) return { ...history, optionsAreGuessed: true };
  const { options = history.options } = history.changePoints.at(-1) ?? {};
  return { ...history, options, optionsAreGuessed: true };
}

/** What may become of a change point. */
function standingOf({ publishedAt, acknowledgedAt, retractedAt }: FollowedChange): string {
  return JSON.stringify([publishedAt, acknowledgedAt, retractedAt]);
}
