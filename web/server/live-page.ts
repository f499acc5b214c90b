import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { detectorOptionsFromEnvironment } from '../../lambda/settings.ts';
import { guardServer } from '../../local/guard/guard-server.ts';
import type { Refusal } from '../../local/guard/own-requests.ts';
import type { Pipeline } from '../../local/pipeline.ts';
import { subscribeToTopic, type TopicListener } from './listen-to-topic.ts';
import { watchAll } from './overview.ts';
import { pageFiles } from './page-files.ts';
import { pageLimits } from './page-limits.ts';
import { recall } from './recall.ts';
import { askedFor, mayBeVisited, securityHeaders } from './request-rules.ts';
import { type SeriesWatch, watchSeries } from './series-watch.ts';

export interface LivePageOptions {
  readonly pipeline: Pipeline;
  /** Default: a free port. */
  readonly port?: number;
  /** The heading of the page. */
  readonly title?: string;
  /** The unit of the values, shown after a number. */
  readonly unit?: string;
}

export interface LivePage {
  readonly url: string;
  /** Stops the server and its subscription. The pipeline continues. */
  close(): Promise<void>;
}

const host = '127.0.0.1';

/**
 * Serves a page that shows a pipeline at work. Only this machine can reach it.
 *
 * The server listens to the pipeline. It collects events in memory and sends them to readers a few times a second. Only an
 * opened series is read from the tables.
 *
 * @throws Error if another program uses the port
 */
export async function startLivePage({
  pipeline,
  port = 0,
  title = 'Change points',
  unit = '',
}: LivePageOptions): Promise<LivePage> {
  const options = detectorOptionsFromEnvironment(pipeline.environment);
  const files = await pageFiles();
  const overview = watchAll(pipeline, { title, unit, options });
  const watches = new Set<SeriesWatch>();
  let connections = 0;

  function answer(request: IncomingMessage, response: ServerResponse): void {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const asked = askedFor(request);
    if ('status' in asked) {
      refuse(response, asked);
    } else if (asked.path === '/api/overview') {
      open(response, (closed) => overview.stream(response, closed));
    } else if (asked.path === '/api/series' && asked.seriesId !== '') {
      open(response, (closed) => openSeries(asked.seriesId, response, closed));
    } else {
      const file = files.get(asked.path);
      if (file === undefined)
        refuse(response, { status: 404, reason: `path must name a file of this page, got '${asked.path}'` });
      else response.setHeader('content-type', file.type).end(file.content);
    }
  }

  /** Opens a stream, unless the most are open already. */
  function open(response: ServerResponse, stream: (closed: () => void) => void): void {
    if (connections === pageLimits.connections) {
      refuse(response, {
        status: 503,
        reason: `this page has at most ${pageLimits.connections} open streams: close another tab of it`,
      });
      return;
    }
    connections++;
    stream(() => connections--);
  }

  function openSeries(seriesId: string, response: ServerResponse, closed: () => void): void {
    const watch = watchSeries(pipeline, seriesId, options, response, () => {
      watches.delete(watch);
      closed();
    });
    watches.add(watch);
    watch.tick();
  }

  const server = createServer(answer);
  guardServer(server, mayBeVisited);
  let listeningAt = port;
  let topic: TopicListener;
  try {
    listeningAt = await listenOn(server, port);
    // First the subscription, then the tables: so no change point is missed in between.
    topic = await subscribeToTopic(pipeline);
    const before = await recall(pipeline.clients);
    overview.recalled(before);
    topic.listen(before.published, overview.notified);
  } catch (error) {
    overview.stop();
    server.close();
    throw error;
  }
  const ticking = setInterval(() => {
    overview.tick();
    for (const watch of watches) watch.tick();
  }, pageLimits.tickMs);

  return {
    url: `http://${host}:${listeningAt}/`,
    async close() {
      clearInterval(ticking);
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

function refuse(response: ServerResponse, { status, reason }: Refusal): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${reason}\n`);
}
