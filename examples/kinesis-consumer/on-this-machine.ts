import { CreateStreamCommand, KinesisClient, waitUntilStreamExists } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { nile } from '../../cli/datasets/nile.ts';
import { putEvents } from '../../cli/produce/put-events.ts';
import { realBackoff } from '../../lambda/backoff.ts';
import { localIdentity } from '../../local/clients.ts';
import { startKinesis } from '../../local/emulators/kinesis.ts';

/** Starts an emulator in this process and puts the annual flow of the Nile into a stream. */
export async function streamOnThisMachine() {
  const emulator = await startKinesis();
  const client = new KinesisClient({
    ...localIdentity,
    endpoint: emulator.endpoint,
    requestHandler: new NodeHttpHandler(),
  });
  const stream = 'readings';
  await client.send(new CreateStreamCommand({ StreamName: stream, ShardCount: 2 }));
  await waitUntilStreamExists(
    { client, maxWaitTime: 10, minDelay: 0.05, maxDelay: 0.5 },
    { StreamName: stream },
  );
  const { readings } = await nile();
  await putEvents(client, stream, readings, { backoff: realBackoff });
  return { client, stream, close: () => emulator.close() };
}
