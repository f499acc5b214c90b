import type { RecordSettings } from '../../lambda/record-settings.ts';
import type { Environment } from '../../lambda/settings.ts';
import { type Clients, destroyClients } from '../../local/clients.ts';
import { names } from '../../local/resources.ts';
import type { CliContext } from '../context.ts';
import { describeError } from '../describe-error.ts';
import { defaultRecordSettings } from '../record-flags.ts';
import { clientsFor } from './clients.ts';
import { findService, type ServiceOptions } from './service.ts';

/** A service with clients for it. */
export interface OpenService {
  readonly clients: Clients;
  readonly stream: string;
  readonly changePointsTable: string;
  /** How it finds events in records; the usual way if that is not known. */
  readonly records: RecordSettings;
  /** Whether this command started the pipeline. */
  readonly isOwn: boolean;
  close(): Promise<void>;
}

/**
 * Opens the service that the options name. If none is named and none runs, it starts a pipeline until it is closed.
 *
 * @param onFound - told before that of the stream; `undefined` for a pipeline that is to start
 */
export async function openService(
  options: ServiceOptions,
  environment: Environment,
  context: CliContext,
  onFound: (stream: string | undefined) => void,
): Promise<OpenService> {
  const service = await findService(options, ['stream', 'changePointsTable']);
  onFound(service?.stream);
  if (service !== undefined) {
    const clients = clientsFor(service, context.environment);
    const { stream, changePointsTable, records = defaultRecordSettings } = service;
    return {
      clients,
      stream,
      changePointsTable,
      records,
      isOwn: false,
      close: async () => destroyClients(clients),
    };
  }
  // Loaded only here: a service that runs elsewhere needs no emulators.
  const { startPipeline } = await import('../../local/pipeline.ts');
  const pipeline = await startPipeline({
    environment,
    report({ step, error }) {
      if (error !== undefined) context.error.write(`${step}: ${describeError(error)}\n`);
    },
  });
  return {
    clients: pipeline.clients,
    stream: names.stream,
    changePointsTable: names.changePointsTable,
    records: defaultRecordSettings,
    isOwn: true,
    close: () => pipeline.close(),
  };
}
