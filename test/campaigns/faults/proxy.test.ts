import { Agent } from 'node:http';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand } from '@aws-sdk/client-sns';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dynamoClient, s3Client, snsClient } from '../../../lambda/clients.ts';
import { bucketQuarantine } from '../../../lambda/recorder/quarantine.ts';
import type { Environment } from '../../../lambda/settings.ts';
import { realSurroundings } from '../../../lambda/surroundings.ts';
import { eventWriter } from '../../../lambda/tables/events-table.ts';
import { names } from '../../../local/resources.ts';
import { changePointsOf } from '../../lambda/tables/change-points-of.ts';
import { useBackend } from '../../use/backend.ts';
import type { Call, Instance } from './call.ts';
import { type FaultyProxy, startProxy } from './proxy.ts';
import { type FaultKind, faultKinds } from './schedule.ts';

const backend = useBackend();
let proxy: FaultyProxy;
let instance: Instance;
let planned: FaultKind[];
let log: Call[];
let damaged: FaultKind[];
const agent = new Agent({ keepAlive: true });
const once = { retryStrategy: new ConfiguredRetryStrategy(1, 0) };
const patient = { retryStrategy: new ConfiguredRetryStrategy(4, 0) };

afterAll(() => agent.destroy());
beforeEach(async () => {
  planned = [];
  log = [];
  damaged = [];
  instance = { name: 'tested', alive: true, died: false };
  proxy = await startProxy(instance, backend.endpoints, agent, {
    fault: () => planned.shift(),
    async damage(kind) {
      damaged.push(kind);
    },
    received: (call) => log.push(call),
    effective() {},
    died() {},
  });
});
afterEach(() => proxy.close());

const through = (): Environment => ({
  ...backend.environment,
  AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint,
  AWS_ENDPOINT_URL_SNS: proxy.endpoint,
  AWS_ENDPOINT_URL_S3: proxy.endpoint,
});

/** Whether the item is in the table. */
async function isStored(seriesId: string): Promise<boolean> {
  const { Item } = await backend.clients.dynamoDb.send(
    new GetItemCommand({
      TableName: names.changePointsTable,
      Key: { seriesId: { S: seriesId }, sortKey: { S: 'HEAD' } },
    }),
  );
  return Item !== undefined;
}

const effects: Readonly<Record<FaultKind, readonly [told: boolean, taken: boolean, alive: boolean]>> = {
  throttled: [false, false, true],
  failed: [false, false, true],
  refused: [false, false, true],
  'reset before': [false, false, true],
  'failed after': [false, true, true],
  'reset after': [false, true, true],
  unprocessed: [true, true, true],
  'death before': [false, false, false],
  'death after': [false, true, false],
  'chunk lost': [true, true, true],
  'chunk changed': [true, true, true],
};

describe('a fault does what its name says', () => {
  test.each(faultKinds)('%s', async (kind) => {
    const table = changePointsOf(dynamoClient(through(), once));
    planned = [undefined, kind] as FaultKind[];
    const head = await table.head(kind);
    const told = await table.moveHead(head, {}).then(
      () => true,
      () => false,
    );
    expect([told, await isStored(kind), instance.alive]).toEqual(effects[kind]);
    expect(log.map(({ target }) => target)).toEqual(['read', 'head']);
    expect(damaged).toEqual(kind.startsWith('chunk') ? [kind] : []);
    expect(log[1]).toMatchObject({ subjects: [kind], effective: effects[kind][1] ? [kind] : [] });
  });

  test.each(['throttled', 'failed', 'reset before', 'failed after', 'reset after'] as const)(
    '%s is repeated by the SDK, whatever the service',
    async (kind) => {
      planned = [kind];
      await bucketQuarantine(s3Client(through(), patient), names.quarantineBucket).keep({
        shardId: 'shard',
        sequenceNumber: kind,
        partitionKey: 'p',
        arrivedAt: '',
        data: '',
        problems: [],
      });
      planned = [kind];
      const Message = JSON.stringify({ seriesId: 's', eventKey: kind });
      await snsClient(through(), patient).send(
        new PublishCommand({ TopicArn: backend.resources.topicArn, Message }),
      );
      const [, kept, , published] = log;
      expect(log.map(({ target }) => target)).toEqual(['keep', 'keep', 'publish', 'publish']);
      expect(kept?.effective).toEqual([`quarantine/shard/${encodeURIComponent(kind)}.json`]);
      expect(published).toMatchObject({ effective: [`s ${kind}`], answered: true });
    },
  );

  test('unprocessed takes every other item of a batch write, and of one item none', async () => {
    const writer = eventWriter(
      dynamoClient(through(), once),
      names.eventsTable,
      60,
      realSurroundings.backoff,
    );
    planned = ['unprocessed', 'unprocessed'];
    const events = ['a', 'b', 'c'].map((seriesId) => ({
      seriesId,
      timestamp: Date.UTC(2020),
      value: 1,
      eventId: 'e',
    }));
    expect(await writer.write(events)).toEqual([]);
    const name = (seriesId: string) => `${seriesId} 2020-01-01T00:00:00.000Z#e`;
    expect(log.map(({ subjects, effective }) => [subjects, effective])).toEqual([
      [[name('a'), name('b'), name('c')], [name('b')]],
      [[name('a'), name('c')], [name('c')]],
      [[name('a')], [name('a')]],
    ]);
  });
});

test('a dead instance reaches nothing any more', async () => {
  const table = changePointsOf(dynamoClient(through(), once));
  planned = ['death before'];
  await expect(table.head('dead')).rejects.toThrow();
  await expect(table.head('dead')).rejects.toThrow(/ECONNREFUSED/);
  expect(log).toHaveLength(1);
});
