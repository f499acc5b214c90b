import { LambdaClient } from '@aws-sdk/client-lambda';
import { type Clients, destroyClients, localIdentity } from '../../local/clients.ts';
import { clientsAt } from '../use/clients.ts';
import { bootstrap, deploy, type Outputs } from './cdk.ts';
import { startMiniStack } from './ministack.ts';
import { type RuledBus, ruledBus } from './ruled-bus.ts';

/** Two stacks in one fresh account. */
export interface Deployment {
  /** The sensor data goes into this one; names are CloudFormation's. */
  readonly first: Outputs;
  /** Every name and parameter given. */
  readonly second: Outputs;
  readonly endpoint: string;
  readonly clients: Clients;
  readonly lambda: LambdaClient;
  /** Was there before the stacks; the first one puts events on it. */
  readonly bus: RuledBus;
  /** Deploys the second stack once more, with other settings on top of its own. */
  change(more: Readonly<Record<string, string>>): Promise<Outputs>;
  close(): Promise<void>;
}

/**
 * The settings of the two stacks, the first with defaults but for what the sensor data asks for, and with a bus.
 *
 * With a key the second one must work too; the emulator does not tell which resource has it, so the template's test does.
 * It knows no stream consumers, hence no `enhancedFanOut`, and runs nothing that leaves the SDK to the runtime, as CDK's
 * function that empties a bucket does, hence no `removal=destroy`.
 */
export const settings = {
  first: { stackName: 'sensors', practicalThreshold: '3', digestSeconds: '5', eventBus: 'plant' },
  second: {
    stackName: 'second-plant',
    streamName: 'plant.readings',
    eventsTableName: 'plant-events',
    changePointsTableName: 'plant-change-points',
    rulesTableName: 'plant-rules',
    topicName: 'plant-changes',
    peopleTopicName: 'plant-people',
    email: 'me@example.org',
    seriesIdField: 'device',
    timestampField: 'time',
    valueField: 'reading',
    shards: '2',
    streamRetentionHours: '48',
    recorderBatchWindowSeconds: '1',
    recorderParallelizationFactor: '2',
    customerManagedKey: 'on',
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
  const clients = clientsAt(endpoint);
  const lambda = new LambdaClient({ ...localIdentity, endpoint });
  const bus = await ruledBus(endpoint, clients.sqs, settings.first.eventBus);
  const close = async () => {
    bus.close();
    destroyClients(clients);
    lambda.destroy();
    await ministack.stop();
  };
  try {
    await bootstrap(endpoint);
    const first = await deploy(endpoint, settings.first);
    const second = await deploy(endpoint, settings.second);
    const change = (more: Readonly<Record<string, string>>) =>
      deploy(endpoint, { ...settings.second, ...more });
    return { first, second, endpoint, clients, lambda, bus, change, close };
  } catch (error) {
    await close();
    throw error;
  }
}
