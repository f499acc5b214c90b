import { clientsFor } from '../../cli/service/clients.ts';
import type { LocalState } from '../../cli/service/state-file.ts';
import { type Clients, destroyClients } from '../../local/clients.ts';
import { type Running, startAed } from './aed.ts';

/** `aed local`, in a process of its own. */
export interface LocalService extends Running {
  readonly state: LocalState;
  /** The variables that it prints for other programs. */
  readonly environment: Readonly<Record<string, string>>;
}

export async function startLocal(...args: string[]): Promise<LocalService> {
  const local = startAed(['local', '--json', ...args]);
  const { environment, ...state } = JSON.parse(await local.nextLine());
  return { ...local, state, environment };
}

/** Works with clients of such a service. */
export async function withClients<T>(state: LocalState, work: (clients: Clients) => Promise<T>): Promise<T> {
  const clients = clientsFor(state, {});
  try {
    return await work(clients);
  } finally {
    destroyClients(clients);
  }
}
