import { destroyClients } from '../../local/clients.ts';
import type { Emulator } from '../../local/emulators/emulator.ts';
import { clientsAt } from './clients.ts';
import { type Kept, useStarted } from './started.ts';

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
