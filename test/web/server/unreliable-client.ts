import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { clientsAt } from '../../use/clients.ts';

/** A client, some of whose calls fail as long as the test wants. */
export interface Unreliable<Client> {
  readonly client: Client;
  /** Input of each call that failed. */
  readonly failed: readonly Readonly<Record<string, unknown>>[];
  /** Which calls fail from now on, by their input. */
  failWhere(fails: (input: Readonly<Record<string, unknown>>) => boolean): void;
}

export const unreliableTables = (endpoint: string) => unreliable(clientsAt(endpoint).dynamoDb);
export const unreliableQueues = (endpoint: string) => unreliable(clientsAt(endpoint).sqs);

function unreliable<Client extends DynamoDBClient | SQSClient>(client: Client): Unreliable<Client> {
  let isFailing: (input: Readonly<Record<string, unknown>>) => boolean = () => false;
  const failed: Readonly<Record<string, unknown>>[] = [];
  const { middlewareStack } = client as DynamoDBClient;
  middlewareStack.add(
    (next) => async (call) => {
      const input = { ...call.input };
      if (!isFailing(input)) return next(call);
      failed.push(input);
      throw new Error('it is down');
    },
    { step: 'initialize' },
  );
  return {
    client,
    failed,
    failWhere(fails) {
      isFailing = fails;
    },
  };
}
