import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { InProcessTables } from '../detector/in-process-tables.ts';

export interface TablesServer {
  readonly endpoint: string;
  close(): void;
}

const host = '127.0.0.1';

/** Serves tables of this process over HTTP, for clients that are made from environment variables. */
export async function serveTables(tables: InProcessTables): Promise<TablesServer> {
  const server = createServer(async (incoming, outgoing) => {
    const target = String(incoming.headers['x-amz-target']);
    const { statusCode, headers, body } = await tables.answer({
      headers: { 'x-amz-target': target },
      body: await buffer(incoming),
    });
    outgoing.writeHead(statusCode, headers).end(body);
  });
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://${host}:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
