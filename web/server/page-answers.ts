import { timingSafeEqual } from 'node:crypto';
import type { RequestListener, ServerResponse } from 'node:http';
import type { Refusal } from '../../local/guard/own-requests.ts';
import type { Writes } from '../wire.ts';
import { acknowledgeWrite, takeBackWrite } from './acknowledge-write.ts';
import { exportCsv } from './export-csv.ts';
import type { Overview } from './overview.ts';
import type { PageFile } from './page-files.ts';
import { pageLimits } from './page-limits.ts';
import { answerWrite, type PageWrite } from './page-writes.ts';
import { askedFor, securityHeaders } from './request-rules.ts';
import { ruleWrites } from './rule-writes.ts';
import { type SeriesWatch, watchSeries } from './series-watch.ts';
import type { OnFollowed } from './untold-changes.ts';
import type { WatchedService } from './watched-service.ts';

/** What the answers are made from. */
export interface AnswerParts {
  readonly service: WatchedService;
  readonly overview: Overview;
  /** The opened series. An answer adds to them. */
  readonly watches: Set<SeriesWatch>;
  readonly files: ReadonlyMap<string, PageFile>;
  /** Looks at the change points of a series, back to one that was just written. Never rejects. */
  readonly look: (seriesId: string, written: string) => Promise<void>;
  /** Takes what has become of a change point. */
  readonly followed: OnFollowed;
  readonly writes: Writes | undefined;
  readonly key: string | undefined;
}

/** Answers the requests of readers: files, streams, downloads and writes. */
export function answering({
  service,
  overview,
  watches,
  files,
  look,
  followed,
  writes,
  key,
}: AnswerParts): RequestListener {
  let connections = 0;
  const readings: Readonly<
    Record<string, (response: ServerResponse, seriesId: string, closed: () => void) => void>
  > = {
    '/api/series': openSeries,
    '/api/readings.csv': (response, seriesId, closed) => download(response, seriesId, 'readings', closed),
    '/api/changes.csv': (response, seriesId, closed) => download(response, seriesId, 'changes', closed),
  };
  const writing: Readonly<Record<string, PageWrite>> = {
    '/api/acknowledge': acknowledgeWrite(service.tables, ({ seriesId, eventKey, only }, oldest) => {
      // First the look: it goes back to what is red until now.
      void look(seriesId, oldest);
      if (!only) overview.board.acknowledged(seriesId, eventKey);
    }),
    '/api/take-back': takeBackWrite(service.tables, followed),
    ...ruleWrites(service, (seriesId) => {
      for (const watch of watches) watch.ruled(seriesId);
    }),
  };

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

  function openSeries(response: ServerResponse, seriesId: string, closed: () => void): void {
    const watch = watchSeries(service, seriesId, response, () => {
      watches.delete(watch);
      closed();
    });
    watches.add(watch);
    watch.tick();
  }

  function download(
    response: ServerResponse,
    seriesId: string,
    what: 'readings' | 'changes',
    closed: () => void,
  ): void {
    void exportCsv(service.tables, seriesId, what, response).finally(closed);
  }

  return (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const asked = askedFor(request);
    if ('status' in asked) return refuse(response, asked);
    const { method, path, seriesId } = asked;
    if (path.startsWith('/api/') && key !== undefined && !isKey(asked.key, key)) {
      return refuse(response, {
        status: 401,
        reason: 'key must be that of the address which the command printed: open that address',
      });
    }
    const write = writing[path];
    if (method === 'POST' && write !== undefined) return void answerWrite(request, response, write, writes);
    if (method !== 'GET')
      return refuse(response, { status: 405, reason: `method must be GET, got ${method}` });
    if (path === '/api/overview') return open(response, (closed) => overview.stream(response, closed));
    const read = readings[path];
    if (read !== undefined && seriesId === '')
      return refuse(response, { status: 400, reason: 'id must name a series, got none' });
    if (read !== undefined) return open(response, (closed) => read(response, seriesId, closed));
    const file = files.get(path);
    if (file === undefined)
      return refuse(response, { status: 404, reason: `path must name a file of this page, got '${path}'` });
    response.setHeader('content-type', file.type).end(file.content);
  };
}

function isKey(given: string, key: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(response: ServerResponse, { status, reason }: Refusal): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${reason}\n`);
}
