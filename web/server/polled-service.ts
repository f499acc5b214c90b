import { resolveOptions } from '@aed/core';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../../lambda/document-client.ts';
import { type StoredEvent, timeOfEventKey } from '../../lambda/event.ts';
import { withServiceDefaults } from '../../lambda/service-options.ts';
import { headSortKey } from '../../lambda/tables/head.ts';
import { readableEvents } from '../../lambda/tables/readable-events.ts';
import type { Clients } from '../../local/clients.ts';
import { listeners } from '../../local/listeners.ts';
import { inTurn } from './in-turn.ts';
import { type NewestItems, readNewest } from './newest-items.ts';
import { pageLimits } from './page-limits.ts';
import type { PageTables } from './page-tables.ts';
import type { Trouble } from './trouble.ts';
import type { ReadingNews, TopicQueue, WatchedService } from './watched-service.ts';

export interface PolledOptions extends Pick<WatchedService, 'onOther'> {
  readonly tables: PageTables;
  readonly sqs: Clients['sqs'];
  readonly subscribe: () => Promise<TopicQueue>;
}

/** A service that runs elsewhere, and what looks at its series. */
export interface PolledService extends WatchedService {
  close(): void;
}

/**
 * A service of which only the tables and the topic can be seen.
 *
 * Its series are looked at in turn, so many a second, and the followed ones every second. The stream of the events table would tell
 * sooner, but a shard of it serves two readers at most, and the detector is one.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 */
export function polledService({ tables, sqs, subscribe, onOther }: PolledOptions): PolledService {
  const { dynamoDb, eventsTable, changePointsTable } = tables;
  const client = documentClient(dynamoDb);
  const news = listeners<ReadingNews>();
  /** The newest event key that was seen of each series. */
  const seen = new Map<string, string | undefined>();
  const followed = new Map<string, number>();
  /** Those that are seen only because somebody looks at them: no reading of them was there. */
  const guests = new Set<string>();
  /** Those of the newest change point that no rule gave its options; if there is none, the defaults. */
  let options = resolveOptions(withServiceDefaults({}));
  let timers: readonly NodeJS.Timeout[] = [];

  async function look(seriesId: string): Promise<void> {
    const after = seen.get(seriesId);
    // Such a read costs half, and may lag a second behind.
    const since = await newest(seriesId, {
      isConsistent: false,
      ...(after !== undefined && { from: after }),
    });
    // Two looks at one series may overlap, and it may be given up meanwhile.
    if (!seen.has(seriesId) || seen.get(seriesId) !== after) return;
    if (after !== undefined && since.length === 0) return relook(seriesId, after);
    const events = readableEvents(since);
    seen.set(seriesId, events.at(-1)?.eventKey ?? after);
    // There may be more news than a look reads.
    const isWhole = since.length < pageLimits.seriesPoints || since[0]?.eventKey === after;
    if (after !== undefined && !isWhole) news.tell({ seriesId, isNew: false });
    for (const event of events) if (event.eventKey !== after) tell(seriesId, event);
  }

  /** What was the newest is gone: so may be more, or all. */
  async function relook(seriesId: string, after: string): Promise<void> {
    const items = await newest(seriesId);
    if (seen.get(seriesId) !== after) return;
    const events = readableEvents(items);
    const last = events.at(-1);
    seen.set(seriesId, last?.eventKey);
    if (last === undefined) guests.add(seriesId);
    giveUp(seriesId);
    news.tell({ seriesId, isNew: false });
    for (const event of events) tell(seriesId, event);
  }

  /** Looks no more at a series without readings that nobody looks at. It is found again when it begins anew. */
  function giveUp(seriesId: string): void {
    if (followed.has(seriesId) || !guests.delete(seriesId)) return;
    if (seen.get(seriesId) === undefined) seen.delete(seriesId);
  }

  function newest(
    seriesId: string,
    which: Pick<NewestItems, 'from' | 'isConsistent'> = {},
  ): Promise<readonly Record<string, unknown>[]> {
    const { seriesPoints: most } = pageLimits;
    return readNewest(client, { table: eventsTable, sortKey: 'eventKey', seriesId, most, ...which });
  }

  function tell(seriesId: string, { eventKey, value }: StoredEvent): void {
    const time = Date.parse(timeOfEventKey(eventKey));
    news.tell({ seriesId, isNew: true, reading: { seriesId, eventKey, time, value } });
  }

  /** Series begin at any time. */
  async function findSeries(): Promise<void> {
    const pages = paginateScan(
      { client },
      {
        TableName: changePointsTable,
        FilterExpression: 'sortKey = :head',
        ExpressionAttributeValues: { ':head': headSortKey },
        ProjectionExpression: 'seriesId',
      },
    );
    for await (const { Items = [] } of pages) {
      for (const { seriesId } of Items)
        if (!seen.has(seriesId) && seen.size < pageLimits.series) seen.set(seriesId, undefined);
    }
  }

  function goOn(reads: Trouble): readonly NodeJS.Timeout[] {
    const rounds = inTurn(() => [...seen.keys()], look, pageLimits.looksASecond, reads);
    return [
      setInterval(() => {
        for (const seriesId of followed.keys()) rounds.soon(seriesId);
        rounds.tick();
      }, 1000),
      // A search that fails is repeated by the next.
      setInterval(() => void findSeries().then(reads.worked, reads.failed), pageLimits.findSeriesMs),
    ];
  }

  return {
    tables,
    sqs,
    subscribe,
    ...(onOther && { onOther }),
    get options() {
      return options;
    },
    recalled({ seriesIds, series, published }, reads) {
      for (const seriesId of seriesIds.slice(0, pageLimits.series)) seen.set(seriesId, undefined);
      for (const { seriesId, events } of series) seen.set(seriesId, events.at(-1)?.eventKey);
      options = published.findLast(({ rule }) => rule === undefined)?.options ?? options;
      timers = goOn(reads);
    },
    isPolled: true,
    onReading: news.add,
    follow(seriesId) {
      if (!seen.has(seriesId)) {
        seen.set(seriesId, undefined);
        guests.add(seriesId);
      }
      followed.set(seriesId, (followed.get(seriesId) ?? 0) + 1);
      return () => {
        const left = (followed.get(seriesId) ?? 0) - 1;
        if (left > 0) followed.set(seriesId, left);
        else followed.delete(seriesId);
        giveUp(seriesId);
      };
    },
    close() {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
