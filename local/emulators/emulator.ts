import { once } from 'node:events';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A stand-in for AWS services in this process, reached over HTTP on this machine alone. */
export interface Emulator {
  readonly endpoint: string;
  /** Frees the port and everything else. */
  close(): Promise<void>;
}

const host = '127.0.0.1';

/** Where an emulator listens and keeps its data. */
export interface EmulatorOptions {
  /** A free port unless given. */
  readonly port?: number;
  /** A folder of its own; without one its data is in memory. */
  readonly folder?: string;
}

/** Starts a server. @throws what keeps it from the port */
export async function emulatorOn(server: Server, port = 0): Promise<Emulator> {
  // The emulators throw, where nobody can catch it, when a client goes away amid a request: that is no failure here.
  server.on('request', (request) => request.removeAllListeners('error').on('error', () => {}));
  refuseWebPages(server);
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    endpoint: `http://${host}:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined || error === null ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

/**
 * Whether a web page asks. The emulators would let every page write and read, and whoever browses the web on this machine may
 * come upon one that tries its ports.
 */
export function isOfWebPage({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers.origin !== undefined;
}

export const refusal = { status: 403, reason: 'not for web pages\n' } as const;

function refuseWebPages(server: Server): void {
  const answering = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (isOfWebPage(request)) {
      response.writeHead(refusal.status, { 'content-type': 'text/plain' }).end(refusal.reason);
      return;
    }
    for (const answer of answering) answer.call(server, request, response);
  });
}
