import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { ownHost, type Refusal, refusalOf } from './own-requests.ts';

/**
 * Puts a guard before all that a server answers: it lets through what was sent by programs of this machine, and by web pages
 * of this server. Later listeners of the server see the host as `ownHost` writes it.
 *
 * @param mayVisit - whether a link of another site may lead to this address, in a tab of its own
 */
export function guardServer(server: Server, mayVisit: (url: string) => boolean = () => false): void {
  intercept(server, (request, response, answer) => {
    const port = request.socket.localPort ?? 0;
    const refused = refusalOf(isVisit(request, mayVisit) ? asIfTyped(request) : request, port);
    if (refused !== undefined) return refuse(response, refused);
    request.headers.host = ownHost(request, port);
    answer(request, response);
  });
}

/** Puts a step before the listeners that a server has so far. */
export function intercept(
  server: Server,
  step: (request: IncomingMessage, response: ServerResponse, answer: RequestListener) => void,
): void {
  const answering = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) =>
    step(request, response, (passed, itsResponse) => {
      for (const answer of answering) answer.call(server, passed, itsResponse);
    }),
  );
}

/** A browser shows the answer to its user, and to no script. */
function isVisit(
  { method, url = '', headers }: IncomingMessage,
  mayVisit: (url: string) => boolean,
): boolean {
  const isNewPage = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return method === 'GET' && isNewPage && mayVisit(url);
}

function asIfTyped({ headers }: IncomingMessage) {
  return { headers: { ...headers, 'sec-fetch-site': 'none' } };
}

function refuse(response: ServerResponse, { status, reason }: Refusal): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${reason}\n`);
}
