import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A stand-in for AWS services in this process, reached over HTTP on this machine alone. */
export interface Emulator {
  readonly endpoint: string;
  /** Frees the port and everything else. */
  close(): Promise<void>;
}

const host = '127.0.0.1';

/** Starts a server on a free port. */
export async function emulatorOn(server: Server): Promise<Emulator> {
  // The emulators throw, where nobody can catch it, when a client goes away amid a request: that is no failure here.
  server.on('request', (request) => request.removeAllListeners('error').on('error', () => {}));
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined || error === null ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
