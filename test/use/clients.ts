import { type Clients, createClients } from '../../local/clients.ts';

/** Clients of every service, all at one endpoint. */
export const clientsAt = (endpoint: string): Clients =>
  createClients({ kinesis: endpoint, dynamoDb: endpoint, messaging: endpoint });
