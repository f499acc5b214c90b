import { type Clients, createClients, destroyClients } from '../../local/clients.ts';
import type { Emulator } from '../../local/emulators/emulator.ts';
import { type Kept, useStarted } from './started.ts';

/** Clients of every service, all at one endpoint. */
export const clientsAt = (endpoint: string): Clients =>
  createClients({ kinesis: endpoint, dynamoDb: endpoint, messaging: endpoint });

/** One emulator by itself, with clients that speak to it alone. */
export const useEmulator = <Started extends Emulator>(start: () => Promise<Started>, kept?: Kept) =>
  useStarted(async () => {
    const emulator = await start();
    const clients = clientsAt(emulator.endpoint);
    return {
      ...emulator,
      clients,
      async close() {
        destroyClients(clients);
        await emulator.close();
      },
    };
  }, kept);
