import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, expect, test } from 'vitest';
import { dynamoClient } from '../../../lambda/clients.ts';
import { names, subscribeQueue } from '../../../local/resources.ts';
import { type PolledService, polledService } from '../../../web/server/polled-service.ts';
import { servePage } from '../../../web/server/serve-page.ts';
import type { Snapshot, Update } from '../../../web/wire.ts';
import { useBackend } from '../../use/backend.ts';
import { readEvents } from './event-source.ts';
import { unreliableTables } from './unreliable-client.ts';

const backend = useBackend();
const services: PolledService[] = [];
afterEach(() => {
  for (const service of services.splice(0)) service.close();
});

/** A service that runs elsewhere, whose tables fail when the test wants. */
function farService(remove = async () => {}) {
  const tables = unreliableTables(backend.endpoints.dynamoDb);
  const service = polledService({
    tables: { dynamoDb: tables.client, ...names },
    sqs: backend.clients.sqs,
    async subscribe() {
      const name = `far-${services.length}`;
      const { queueUrl } = await subscribeQueue(backend.clients, backend.resources.topicArn, name);
      return { queueUrl, remove };
    },
  });
  services.push(service);
  return { service, tables };
}

const event = (second: number) => ({
  seriesId: 's',
  eventKey: `2026-01-01T00:00:0${second}.000Z#e`,
  value: second,
});
const put = (TableName: string, Item: Record<string, unknown>) =>
  dynamoClient(backend.environment).send(new PutCommand({ TableName, Item }));

test('tables that cannot be read for a while are told of once, and the page goes on afterwards', async () => {
  await put(names.changePointsTable, { seriesId: 's', sortKey: 'HEAD', version: 1 });
  await put(names.eventsTable, event(1));
  const { service, tables } = farService();
  const lines: string[] = [];
  const page = await servePage({ service, readOnly: true, report: (line) => lines.push(line) });
  const all = await readEvents(`${page.url}api/overview`);
  await all.first<Snapshot>('snapshot', ({ series }) => series.length === 1);
  tables.failWhere(() => true);
  await expect.poll(() => lines).toHaveLength(1);
  const before = tables.failed.length;
  await expect.poll(() => tables.failed.length).toBeGreaterThan(before + 3);
  expect(lines).toEqual(['the tables cannot be read, so the page is behind: it is down; trying again']);
  tables.failWhere(() => false);
  await put(names.eventsTable, event(2));
  await all.first<Update>('update', ({ series }) => series.some(({ value }) => value === 2));
  expect(lines).toHaveLength(1);
  all.close();
  await page.close();
});

test('a start that fails leaves no subscription, and tells what failed first', async () => {
  let removed = 0;
  const { service, tables } = farService(async () => {
    removed++;
    throw new Error('it cannot be removed either');
  });
  tables.failWhere(() => true);
  await expect(servePage({ service, readOnly: true })).rejects.toThrow('it is down');
  expect(removed).toBe(1);
});
