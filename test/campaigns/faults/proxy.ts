import { once } from 'node:events';
import {
  type Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Endpoints } from '../../../local/clients.ts';
import { type Answer, refusal } from './answers.ts';
import { type Call, classify, type Instance } from './call.ts';
import type { FaultKind } from './schedule.ts';

const host = '127.0.0.1';

/** The callbacks of an instance's proxy. */
export interface ProxyEvents {
  /** Returns the fault that this call meets, if any. */
  fault(call: Call): FaultKind | undefined;
  /** Damages a chunk of the series in the table, before a call that reads its chunks is passed on. */
  damage(kind: 'chunk lost' | 'chunk changed', body: Buffer): Promise<void>;
  /** Called before a call is passed on or refused. */
  received(call: Call): void;
  /** Called when a call has taken effect, before the answer is sent. */
  effective(call: Call): void;
  /** Called when the instance dies. */
  died(): void;
}

export interface FaultyProxy {
  readonly endpoint: string;
  /** Number of the invocation to which further calls belong. */
  invocation: number;
  /** Resolves when no call is in progress. */
  quiet(): Promise<void>;
  /** Refuses further calls. Resolves when the calls in progress are over. */
  close(): Promise<void>;
}

/** Starts a proxy between one instance of a function and the emulators. It injects the faults of the schedule. */
export async function startProxy(
  instance: Instance,
  upstream: Pick<Endpoints, 'dynamoDb' | 'messaging'>,
  agent: Agent,
  events: ProxyEvents,
): Promise<FaultyProxy> {
  const underWay = new Set<Promise<void>>();
  const server = createServer((incoming, outgoing) => {
    const handling = handle(incoming, outgoing)
      .catch(() => void outgoing.destroy())
      .finally(() => underWay.delete(handling));
    underWay.add(handling);
  });
  server.keepAliveTimeout = 0;
  server.listen(0, host);
  await once(server, 'listening');
  const hangUp = () => {
    server.close();
    server.closeAllConnections();
  };
  const { port } = server.address() as AddressInfo;
  const proxy: FaultyProxy = {
    endpoint: `http://${host}:${port}`,
    invocation: 0,
    async quiet() {
      await Promise.all(underWay);
    },
    close() {
      hangUp();
      return proxy.quiet();
    },
  };

  function die(): void {
    instance.alive = false;
    instance.died = true;
    events.died();
    hangUp();
  }

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = incoming;
    const body = await buffer(incoming);
    const call: Call = {
      ...classify({ method, url, headers, body }),
      instance,
      invocation: proxy.invocation,
      request: String(headers['amz-sdk-invocation-id']),
      effective: [],
      answered: false,
    };
    if (!instance.alive) return void outgoing.destroy();
    const kind = events.fault(call);
    if (kind !== undefined) call.fault = kind;
    events.received(call);
    if (kind === 'death before') return die();
    if (kind === 'reset before') return void outgoing.destroy();
    if (kind === 'throttled' || kind === 'failed' || kind === 'refused') {
      return respond(outgoing, refusal(kind, method, headers));
    }
    if (kind === 'chunk lost' || kind === 'chunk changed') await events.damage(kind, body);
    if (kind === 'unprocessed' && call.target.startsWith('write'))
      return writePart(incoming, outgoing, call, body);
    const answer = await forward(incoming, body);
    if (answer.status < 300) {
      call.effective = call.subjects;
      events.effective(call);
    }
    if (kind === 'death after') return die();
    if (!instance.alive || kind === 'reset after') return void outgoing.destroy();
    if (kind === 'failed after') return respond(outgoing, refusal('failed', method, headers));
    call.answered = true;
    respond(outgoing, answer);
  }

  /** Writes every other item, or none if there is only one, and answers that the rest is unprocessed. */
  async function writePart(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    call: Call,
    body: Buffer,
  ): Promise<void> {
    const { RequestItems, ...rest } = JSON.parse(body.toString());
    const [[tableName, items]] = Object.entries<unknown[]>(RequestItems) as [[string, unknown[]]];
    const part = (parity: number) => ({ [tableName]: items.filter((_, index) => index % 2 === parity) });
    if (items.length > 1) {
      await forward(incoming, Buffer.from(JSON.stringify({ ...rest, RequestItems: part(1) })));
      call.effective = call.subjects.filter((_, index) => index % 2 === 1);
      events.effective(call);
    }
    call.answered = true;
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    respond(outgoing, { status: 200, headers, body: JSON.stringify({ UnprocessedItems: part(0) }) });
  }

  function forward({ method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
    const target = headers['x-amz-target'] === undefined ? upstream.messaging : upstream.dynamoDb;
    const { hostname, port } = new URL(target);
    return new Promise((resolve, reject) => {
      const passed = httpRequest(
        {
          hostname,
          port,
          method,
          path: url,
          agent,
          headers: { ...headers, host: `${hostname}:${port}`, 'content-length': body.length },
        },
        async (response) => {
          const { statusCode: status = 0, headers: answered } = response;
          const contentType = answered['content-type'];
          resolve({
            status,
            headers: contentType === undefined ? {} : { 'content-type': contentType },
            body: await buffer(response),
          });
        },
      );
      passed.on('error', reject);
      passed.end(body);
    });
  }

  return proxy;
}

function respond(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  outgoing.writeHead(status, headers).end(body);
}
