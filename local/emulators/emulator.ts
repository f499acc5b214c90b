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
  /** By default a free port. */
  readonly port?: number;
  /** A folder for this emulator alone. Without one its data is in memory. */
  readonly folder?: string;
}

/** Starts a server. @throws if it cannot have the port */
export async function emulatorOn(server: Server, port = 0): Promise<Emulator> {
  // When a client disconnects during a request, the emulators throw where nobody can catch it. That is no failure here.
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
 * Whether a web page sent the request. The emulators would let any page in a browser on this machine read and write, and
 * some pages probe local ports.
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
