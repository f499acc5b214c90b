import { type Clients, destroyClients } from '../../local/clients.ts';
import { type CliContext, UsageError } from '../context.ts';
import { clientsFor } from './clients.ts';
import { type FoundService, findService, type ServiceOptions, type ServicePart } from './service.ts';

/**
 * Does some work with the service that the options name, and with clients that are closed afterwards.
 *
 * @param parts - those of the service that the work needs
 * @returns what the work returns
 * @throws UsageError if there is no service, or a part of it is not known; what the work throws
 */
export async function withService<Part extends ServicePart, Result>(
  options: ServiceOptions,
  parts: readonly Part[],
  { environment }: Pick<CliContext, 'environment'>,
  work: (service: FoundService<Part>, clients: Clients) => Promise<Result>,
): Promise<Result> {
  const service = await findService(options, parts);
  if (service === undefined)
    throw new UsageError(
      'no service to talk to: start one with `aed local` in another terminal, or name a deployed one (--region and the names of its parts)',
    );
  const clients = clientsFor(service, environment);
  try {
    return await work(service, clients);
  } finally {
    destroyClients(clients);
  }
}
