import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closedOnFailure } from '../../local/guard/closed-on-failure.ts';
import { guardServer } from '../../local/guard/guard-server.ts';
import { subscribeToTopic, type TopicListener } from './listen-to-topic.ts';
import { watchAll } from './overview.ts';
import { answering } from './page-answers.ts';
import { pageFiles } from './page-files.ts';
import { pageLimits } from './page-limits.ts';
import { pageLooks } from './page-looks.ts';
import { newWrites } from './page-writes.ts';
import { recall } from './recall.ts';
import { mayBeVisited } from './request-rules.ts';
import type { SeriesWatch } from './series-watch.ts';
import { troubleTeller } from './trouble.ts';
import type { OnFollowed } from './untold-changes.ts';
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
  /** Takes a line when what the page shows is no longer current, and when it is again. Default: to the standard error. */
  readonly report?: (line: string) => void;
}

export interface LivePage {
  readonly url: string;
  /** Stops the server and its subscription. The service continues. */
  close(): Promise<void>;
}

const host = '127.0.0.1';

const readTexts = {
  fails: 'the tables cannot be read, so the page is behind',
  works: 'the tables can be read again',
};
const receiveTexts = {
  fails: 'notifications cannot be received, so the page is behind',
  works: 'notifications are received again',
};

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
  report = (line) => void process.stderr.write(`${line}\n`),
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
  let isClosed = false;
  // What is under way at the end may fail.
  const say = (line: string) => {
    if (!isClosed) report(line);
  };
  const reads = troubleTeller(say, readTexts);
  const looks = pageLooks(service, overview, followed, reads);
  const parts = { service, overview, watches, files, look: looks.look, followed, writes, key };
  const server = createServer(answering(parts));
  guardServer(server, mayBeVisited);
  const ticking = setInterval(() => {
    overview.tick();
    for (const watch of watches) watch.tick();
  }, pageLimits.tickMs);
  let topic: TopicListener | undefined;
  let stopLooks = () => {};
  async function close(): Promise<void> {
    isClosed = true;
    clearInterval(ticking);
    stopLooks();
    overview.stop();
    for (const watch of watches) watch.end();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await Promise.all([closed, topic?.stop()]);
  }

  return closedOnFailure(close, async () => {
    const listeningAt = await listenOn(server, port);
    // First the subscription, then the tables: so no change point is missed in between.
    topic = await subscribeToTopic(service, troubleTeller(say, receiveTexts));
    const before = await recall(tables);
    overview.recalled(before);
    service.recalled?.(before, reads);
    topic.listen(before.published, overview.notified);
    stopLooks = looks.start();
    return { url: `http://${host}:${listeningAt}/`, close };
  });
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
