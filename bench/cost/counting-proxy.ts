import { once } from 'node:events';
import { Agent, createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { itemSize } from '../../local/emulators/item-size.ts';
import { type Item, type TableAnswer, type TableRequest, unitsOf, type WriteRequest } from './call-units.ts';
import type { UsageCounter } from './usage.ts';

export interface CountingProxy {
  readonly endpoint: string;
  close(): Promise<void>;
}

interface CountedRequest extends TableRequest {
  readonly KeyConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ReturnValues?: string;
}

const host = '127.0.0.1';

/**
 * Starts a proxy before DynamoDB that counts what each call costs.
 *
 * @param written - is told each item that a call puts, with its table
 */
export async function startCountingProxy(
  upstream: string,
  counter: UsageCounter,
  written: (table: string, item: Item) => void,
): Promise<CountingProxy> {
  const agent = new Agent({ keepAlive: true });
  const sizes = new Map<string, number>();
  const nameOf = ({ seriesId, sortKey, eventKey }: Item) =>
    JSON.stringify([seriesId?.S, sortKey?.S, eventKey?.S]);

  function note(table: string, item: Item): void {
    sizes.set(nameOf(item), itemSize(item));
    written(table, item);
  }

  function notePuts(operation: string, request: CountedRequest): void {
    if (operation === 'PutItem' && request.Item !== undefined) note(request.TableName ?? '', request.Item);
    if (operation !== 'BatchWriteItem') return;
    for (const [table, writes] of Object.entries(request.RequestItems ?? {})) {
      for (const { PutRequest } of writes as readonly WriteRequest[]) {
        if (PutRequest !== undefined) note(table, PutRequest.Item);
      }
    }
  }

  async function answer(
    incoming: IncomingMessage,
  ): Promise<{ readonly status: number; readonly body: Buffer }> {
    const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    const request: CountedRequest = JSON.parse((await buffer(incoming)).toString());
    const passed = await forward(
      upstream,
      agent,
      incoming,
      Buffer.from(JSON.stringify(withWholeItems(operation, request))),
    );
    if (passed.status < 300) notePuts(operation, request);
    const answered: TableAnswer = passed.status < 300 ? JSON.parse(passed.body.toString()) : {};
    counter.add(unitsOf({ operation, request }, answered, (key) => sizes.get(nameOf(key)) ?? 0));
    return passed;
  }

  const server = createServer((incoming, outgoing) => {
    answer(incoming).then(
      ({ status, body }) =>
        outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body),
      () => outgoing.destroy(),
    );
  });
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://${host}:${port}`,
    async close() {
      agent.destroy();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The same call, but it answers with whole items, whose sizes DynamoDB charges. */
function withWholeItems(operation: string, request: CountedRequest): CountedRequest {
  if (operation === 'UpdateItem') return { ReturnValues: 'ALL_NEW', ...request };
  if (operation !== 'Query') return request;
  const { ProjectionExpression, ExpressionAttributeNames: names = {}, ...whole } = request;
  const conditions = `${request.KeyConditionExpression} ${request.FilterExpression}`;
  const used = Object.entries(names).filter(([name]) => conditions.includes(name));
  return used.length === 0 ? whole : { ...whole, ExpressionAttributeNames: Object.fromEntries(used) };
}

function forward(
  upstream: string,
  agent: Agent,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<{ readonly status: number; readonly body: Buffer }> {
  const { hostname, port } = new URL(upstream);
  return new Promise((resolve, reject) => {
    const call = httpRequest(
      {
        hostname,
        port,
        method,
        path: url,
        agent,
        headers: { ...headers, host: `${hostname}:${port}`, 'content-length': body.length },
      },
      async (response) => resolve({ status: response.statusCode ?? 0, body: await buffer(response) }),
    );
    call.on('error', reject);
    call.end(body);
  });
}
