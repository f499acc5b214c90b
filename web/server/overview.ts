import type { ServerResponse } from 'node:http';
import type { ResolvedOptions } from '@aed/core';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { hasTime, timeOfEventKey } from '../../lambda/event.ts';
import { changePointOf } from '../../lambda/tables/stored-change-point.ts';
import type { TableStreamRecord } from '../../local/emulators/table-stream.ts';
import type { Pipeline } from '../../local/pipeline.ts';
import { messages, type Notice, type Snapshot, type Update } from '../wire.ts';
import { type EventStream, eventStream } from './event-stream.ts';
import { pageLimits } from './page-limits.ts';
import { countPath } from './path-counter.ts';
import type { Recalled } from './recall.ts';
import { type BoardReading, seriesBoard } from './series-board.ts';

/** The part of the page that all readers share: every series, the notifications and the counts. */
export interface Overview {
  /** Takes the data from before the start of the page. */
  recalled(before: Recalled): void;
  /** Takes a change point that the topic delivered. */
  notified(found: SeriesChangePoint): void;
  /** Answers with a snapshot, and then with updates. */
  stream(response: ServerResponse, closed: () => void): void;
  /** Sends an update to every reader, if there is news. */
  tick(): void;
  stop(): void;
}

export interface OverviewOptions {
  readonly title: string;
  readonly unit: string;
  readonly options: ResolvedOptions;
}

export function watchAll(pipeline: Pipeline, about: OverviewOptions): Overview {
  const board = seriesBoard();
  const path = countPath(pipeline);
  const notices: Notice[] = [];
  let newNotices: Notice[] = [];
  let lastSent = '';
  /** The connected readers. One that is `behind` has missed an update and needs a snapshot. */
  const readers = new Map<EventStream, { behind: boolean }>();
  const stop = pipeline.tableStream.onRecord((record) => {
    const reading = readingIn(record);
    if (reading !== undefined) board.recorded(reading);
  });

  const snapshot = (): Snapshot => ({
    ...about,
    series: board.states,
    unshown: board.unshown,
    notices,
    counts: path.counts,
  });

  function tick(): void {
    const update: Update = {
      ...board.takeUpdates(),
      unshown: board.unshown,
      notices: newNotices,
      counts: path.counts,
    };
    newNotices = [];
    const counts = JSON.stringify(update.counts);
    const isNews = counts !== lastSent || [update.added, update.series, update.notices].some(isFilled);
    lastSent = counts;
    for (const [stream, reader] of readers) {
      if (stream.busy) {
        reader.behind ||= isNews;
      } else if (reader.behind) {
        reader.behind = false;
        stream.send(messages.snapshot, snapshot());
      } else if (isNews) {
        stream.send(messages.update, update);
      }
    }
  }

  function take(notice: Notice): void {
    board.changed(notice.found, notice.heardAt);
    notices.push(notice);
    if (notices.length > pageLimits.notices) notices.shift();
  }

  return {
    recalled({ series, published }) {
      for (const { seriesId, events } of series) {
        for (const { eventKey, value } of events)
          board.recorded({ seriesId, eventKey, time: timeOf(eventKey), value });
      }
      for (const stored of published)
        take({ heardAt: Date.parse(stored.publishedAt), found: changePointOf(stored) });
    },
    notified(found) {
      const notice = { heardAt: Date.now(), found };
      path.notified();
      take(notice);
      newNotices.push(notice);
      if (newNotices.length > pageLimits.notices) newNotices.shift();
    },
    stream(response, closed) {
      // The snapshot holds all news until now, which the next update must not repeat.
      tick();
      const stream = eventStream(response, () => {
        readers.delete(stream);
        closed();
      });
      readers.set(stream, { behind: false });
      stream.send(messages.snapshot, snapshot());
    },
    tick,
    stop() {
      stop();
      path.stop();
      for (const stream of readers.keys()) stream.end();
    },
  };
}

/** The reading in a record of the events table's stream; `undefined` if the record removes a reading, or its item is none. */
export function readingIn({ eventName, dynamodb }: TableStreamRecord): BoardReading | undefined {
  const { seriesId, eventKey, value } = dynamodb.NewImage ?? {};
  if (eventName === 'REMOVE' || seriesId?.S === undefined || value?.N === undefined) return undefined;
  if (eventKey?.S === undefined || !hasTime(eventKey.S)) return undefined;
  return {
    seriesId: seriesId.S,
    eventKey: eventKey.S,
    time: timeOf(eventKey.S),
    value: Number(value.N),
  };
}

function timeOf(eventKey: string): number {
  return Date.parse(timeOfEventKey(eventKey));
}

function isFilled(list: readonly unknown[]): boolean {
  return list.length > 0;
}
