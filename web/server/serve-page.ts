import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { guardServer } from '../../local/guard/guard-server.ts';
import { changeLooks } from './change-looks.ts';
import { emptiedLooks } from './forgotten-series.ts';
import { inTurn } from './in-turn.ts';
import { subscribeToTopic, type TopicListener } from './listen-to-topic.ts';
import { watchAll } from './overview.ts';
import { answering } from './page-answers.ts';
import { pageFiles } from './page-files.ts';
import { pageLimits } from './page-limits.ts';
import { newWrites } from './page-writes.ts';
import { recall } from './recall.ts';
import { mayBeVisited } from './request-rules.ts';
import type { SeriesWatch } from './series-watch.ts';
import { type OnFollowed, untoldChanges } from './untold-changes.ts';
import type { WatchedService } from './watched-service.ts';

export interface PageOptions {
  readonly service: WatchedService;
  /** Default: a free port. */
  readonly port?: number;
  /** The heading of the page. */
  readonly title?: string;
  /** The unit of the values, shown after a number. */
  readonly unit?: string;
  /** Whether the page only shows. */
  readonly readOnly?: boolean;
  /** What a reader must know to read anything; absent if whoever reaches the page may. */
  readonly key?: string;
}

export interface LivePage {
  readonly url: string;
  /** Stops the server and its subscription. The service continues. */
  close(): Promise<void>;
}

const host = '127.0.0.1';

/**
 * Serves the page of a service. Only this machine can reach it.
 *
 * The server listens to the service. It collects events in memory and sends them to readers a few times a second. Only an
 * opened series is read from the tables whole.
 *
 * @throws Error if another program uses the port
 */
export async function servePage({
  service,
  port = 0,
  title = 'Change points',
  unit = '',
  readOnly = false,
  key,
}: PageOptions): Promise<LivePage> {
  const { tables, options } = service;
  const writes = readOnly ? undefined : newWrites(tables.rulesTable !== undefined);
  const files = await pageFiles();
  const overview = watchAll(service, { title, unit, options, ...(writes && { writes }) });
  const watches = new Set<SeriesWatch>();
  const followed: OnFollowed = (found, at) => {
    overview.followed(found, at);
    for (const watch of watches) watch.changed(found);
  };
  const look = changeLooks(tables, followed);
  const { board } = overview;
  const looks = inTurn(
    () => (service.isPolled ? board.seriesIds : board.unacknowledged),
    look,
    pageLimits.looksASecond,
  );
  // Whoever takes an acknowledgement back elsewhere is heard of later: that is rare.
  const rareLooks = inTurn(
    () => (service.isPolled ? [] : board.settled),
    look,
    pageLimits.settledLooksASecond,
  );
  const emptied = inTurn(() => board.emptied, emptiedLooks(tables, overview), pageLimits.looksASecond);
  const lookAtUntold = untoldChanges(tables, followed);

  const server = createServer(answering({ service, overview, watches, files, look, followed, writes, key }));
  guardServer(server, mayBeVisited);
  let listeningAt = port;
  let topic: TopicListener;
  try {
    listeningAt = await listenOn(server, port);
    // First the subscription, then the tables: so no change point is missed in between.
    topic = await subscribeToTopic(service);
    const before = await recall(tables);
    overview.recalled(before);
    service.recalled?.(before);
    topic.listen(before.published, overview.notified);
  } catch (error) {
    overview.stop();
    server.close();
    throw error;
  }
  const timers = [
    setInterval(() => {
      overview.tick();
      for (const watch of watches) watch.tick();
    }, pageLimits.tickMs),
    setInterval(() => {
      looks.tick();
      rareLooks.tick();
      emptied.tick();
    }, 1000),
    // A look that fails is repeated by the next.
    setInterval(() => void lookAtUntold().catch(() => {}), pageLimits.untoldMs),
  ];

  return {
    url: `http://${host}:${listeningAt}/`,
    async close() {
      for (const timer of timers) clearInterval(timer);
      overview.stop();
      for (const watch of watches) watch.end();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await Promise.all([closed, topic.stop()]);
    },
  };
}

/** @returns the port @throws Error if another program uses it */
async function listenOn(server: Server, port: number): Promise<number> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(
      `port ${port} of ${host} is in use: end the program that uses it, or choose another port`,
      { cause: error },
    );
  }
  return (server.address() as AddressInfo).port;
}
