import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { holdExceptions } from '../guard/confine.ts';
import { guardServer } from '../guard/guard-server.ts';

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
  /** Called when its database fails, and not a request alone. */
  readonly onStoreFailure?: (error: Error) => void;
}

/** Starts a server. @throws if it cannot have the port */
export async function emulatorOn(server: Server, port = 0): Promise<Emulator> {
  guardServer(server);
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  const release = holdExceptions();
  return {
    endpoint: `http://${host}:${address.port}`,
    async close() {
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined || error === null ? resolve() : reject(error)));
        server.closeAllConnections();
      });
      release();
    },
  };
}
