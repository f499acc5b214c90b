import { LambdaClient } from '@aws-sdk/client-lambda';
import { type Clients, createClients, destroyClients, localIdentity } from '../../local/clients.ts';
import { bootstrap, deploy, type Outputs } from './cdk.ts';
import { startMiniStack } from './ministack.ts';

/** Two stacks in one fresh account. */
export interface Deployment {
  /** The sensor data goes into this one; names are CloudFormation's. */
  readonly first: Outputs;
  /** Every name and parameter given. */
  readonly second: Outputs;
  readonly clients: Clients;
  readonly lambda: LambdaClient;
  close(): Promise<void>;
}

/** The settings of the two stacks, the first with defaults but for what the sensor data asks for. */
export const settings = {
  first: { stackName: 'sensors', practicalThreshold: '3' },
  second: {
    stackName: 'second-plant',
    streamName: 'plant.readings',
    eventsTableName: 'plant-events',
    changePointsTableName: 'plant-change-points',
    topicName: 'plant-changes',
    email: 'me@example.org',
    seriesIdField: 'device',
    timestampField: 'time',
    valueField: 'reading',
    shards: '2',
    alpha: '0.001',
    practicalThreshold: '1.5',
    startup: '8',
    window: '3',
    restart: 'change',
    maxRegimeLength: '500',
  },
} as const;

/** Bootstraps and deploys with the real command line, one stack after the other as two people would. */
export async function deployTwice(): Promise<Deployment> {
  const ministack = await startMiniStack();
  const { endpoint } = ministack;
  const clients = createClients({ kinesis: endpoint, dynamoDb: endpoint, messaging: endpoint });
  const lambda = new LambdaClient({ ...localIdentity, endpoint });
  const close = async () => {
    destroyClients(clients);
    lambda.destroy();
    await ministack.stop();
  };
  try {
    await bootstrap(endpoint);
    const first = await deploy(endpoint, settings.first);
    const second = await deploy(endpoint, settings.second);
    return { first, second, clients, lambda, close };
  } catch (error) {
    await close();
    throw error;
  }
}
