import type { ServerResponse } from 'node:http';
import type { ResolvedOptions } from '@aed/core';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { timeOfEventKey } from '../../lambda/event.ts';
import { changePointOf } from '../../lambda/tables/stored-change-point.ts';
import {
  type FollowedChange,
  messages,
  type Notice,
  type Snapshot,
  type Update,
  type Writes,
} from '../wire.ts';
import { type EventStream, eventStream } from './event-stream.ts';
import { pageLimits } from './page-limits.ts';
import type { Recalled } from './recall.ts';
import { boardChangeOf } from './row-changes.ts';
import { type SeriesBoard, seriesBoard } from './series-board.ts';
import type { WatchedService } from './watched-service.ts';

/** The part of the page that all readers share: every series, the notifications and the counts. */
export interface Overview {
  /** Takes the data from before the start of the page. */
  recalled(before: Recalled): void;
  /** Takes a change point that the topic delivered. */
  notified(found: SeriesChangePoint): void;
  /** Takes a change point that waits to be told, or what became of one. */
  followed(found: FollowedChange, heardAt: number): void;
  /** That nothing is stored of a series any more. */
  gone(seriesId: string): void;
  readonly board: SeriesBoard;
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
  /** Absent if the page only shows. */
  readonly writes?: Writes;
}

export function watchAll(
  { onReading, countPath }: Pick<WatchedService, 'onReading' | 'countPath'>,
  about: OverviewOptions,
): Overview {
  const board = seriesBoard();
  const path = countPath?.();
  let notices: Notice[] = [];
  let newNotices: Notice[] = [];
  let lastSent = '';
  /** The connected readers. One that is `behind` has missed an update and needs a snapshot. */
  const readers = new Map<EventStream, { behind: boolean }>();
  const stop = onReading(({ seriesId, reading, removed }) => {
    if (reading === undefined) board.removed(seriesId, removed);
    else board.recorded(reading);
  });

  const snapshot = (): Snapshot => ({
    ...about,
    series: board.states,
    unshown: board.unshown,
    notices,
    ...(path && { counts: path.counts }),
  });

  function tick(): void {
    const update: Update = {
      ...board.takeUpdates(),
      unshown: board.unshown,
      notices: newNotices,
      ...(path && { counts: path.counts }),
    };
    newNotices = [];
    const counts = JSON.stringify([update.counts, update.unshown]);
    const isNews =
      counts !== lastSent || [update.added, update.series, update.gone, update.notices].some(isFilled);
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
    notices.push(notice);
    if (notices.length > pageLimits.notices) notices.shift();
  }

  return {
    board,
    recalled({ seriesIds, series, changes, published }) {
      for (const { seriesId, events } of series) {
        for (const { eventKey, value } of events)
          board.recorded({ seriesId, eventKey, time: timeOf(eventKey), value });
      }
      for (const seriesId of seriesIds) board.known(seriesId);
      for (const [seriesId, { newest, unacknowledged }] of changes) {
        const { publishedAt, pendingSince, detectedAt } = newest;
        const heardAt = Date.parse(publishedAt ?? pendingSince ?? detectedAt);
        const last = boardChangeOf(newest, heardAt, publishedAt === undefined);
        board.changed(last);
        for (const eventKey of unacknowledged)
          board.changed({ ...last, seriesId, eventKey, isSettled: false });
      }
      for (const stored of published)
        take({ heardAt: Date.parse(stored.publishedAt), found: changePointOf(stored) });
    },
    notified(found) {
      const notice = { heardAt: Date.now(), found };
      path?.notified();
      board.changed(boardChangeOf(found, notice.heardAt));
      take(notice);
      newNotices.push(notice);
      if (newNotices.length > pageLimits.notices) newNotices.shift();
    },
    followed(found, heardAt) {
      board.changed(boardChangeOf(found, heardAt, found.publishedAt === undefined));
    },
    gone(seriesId) {
      const isOfAnother = ({ found }: Notice) => found.seriesId !== seriesId;
      notices = notices.filter(isOfAnother);
      newNotices = newNotices.filter(isOfAnother);
      board.gone(seriesId);
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
      path?.stop();
      for (const stream of readers.keys()) stream.end();
    },
  };
}

function timeOf(eventKey: string): number {
  return Date.parse(timeOfEventKey(eventKey));
}

function isFilled(list: readonly unknown[]): boolean {
  return list.length > 0;
}
