import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acknowledgeSeries } from '../../../cli/service/acknowledging.ts';
import { dynamoClient } from '../../../lambda/clients.ts';
import { changePointKey } from '../../../lambda/tables/stored-change-point.ts';
import { names } from '../../../local/resources.ts';
import { startLivePage } from '../../../web/server/live-page.ts';
import { pageLimits } from '../../../web/server/page-limits.ts';
import type { LivePage } from '../../../web/server/serve-page.ts';
import type { FollowedChange, History, Snapshot, Update } from '../../../web/wire.ts';
import { aChangePoint } from '../../lambda/a-change-point.ts';
import { usePipeline } from '../../use/backend.ts';
import { type EventReader, readEvents } from './event-source.ts';

const pipeline = usePipeline();
const seriesId = 'restless';
/** More than a look reads. */
const keys = Array.from(
  { length: pageLimits.lookedChangePoints + 10 },
  (_, minute) => `2026-01-01T05:${10 + minute}:00.000Z#e`,
);
const [oldest = ''] = keys;
let page: LivePage;
let all: EventReader;
let opened: EventReader;
let start: Snapshot;

beforeEach(async () => {
  const client = dynamoClient(pipeline.environment);
  const put = (TableName: string, Item: object) =>
    client.send(new PutCommand({ TableName, Item: { seriesId, ...Item } }));
  for (const eventKey of keys) {
    const found = aChangePoint({ seriesId, eventKey, id: eventKey });
    const publishedAt = '2026-01-02T00:00:00.000Z';
    await put(names.changePointsTable, { ...found, ...changePointKey(found), publishedAt });
  }
  await put(names.changePointsTable, { sortKey: 'HEAD', version: 1 });
  await put(names.eventsTable, { eventKey: oldest, value: 1 });
  page = await startLivePage({ pipeline });
  all = await readEvents(`${page.url}api/overview`);
  start = await all.first<Snapshot>('snapshot');
  opened = await readEvents(`${page.url}api/series?id=${seriesId}`);
  await opened.first<History>('history');
});

afterEach(async () => {
  all.close();
  opened.close();
  await page.close();
});

async function acknowledge(eventKey: string | undefined, only: boolean): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-aed-token': start.writes?.token ?? '' };
  const body = JSON.stringify({ by: 'Ada', targets: [{ seriesId, eventKey, only }] });
  const answer = await fetch(`${page.url}api/acknowledge`, { method: 'POST', headers, body });
  expect(answer.status).toBe(200);
}

/** Keys of what the opened series was told to be acknowledged. */
function toldKeys(): readonly string[] {
  const changes = opened.heard.filter(({ name }) => name === 'changes').flatMap(({ data }) => data);
  const noted = (changes as FollowedChange[]).filter(({ acknowledgedBy }) => acknowledgedBy !== undefined);
  return [...new Set(noted.map(({ eventKey }) => eventKey))].sort();
}

const isCount = (count: number) => (update: Update) =>
  update.series.some(({ unacknowledged }) => unacknowledged === count);

test('of a series with more changes than a look reads, all are acknowledged on the page that did it', async () => {
  await acknowledge(keys.at(-1), false);
  await expect.poll(toldKeys).toEqual(keys);
  await all.first('update', isCount(0));
});

test('one that is older than what a look reads is acknowledged alone', async () => {
  await acknowledge(oldest, true);
  await expect.poll(toldKeys).toEqual([oldest]);
  await all.first('update', isCount(keys.length - 1));
});

test('what is acknowledged elsewhere is so here, however many there are', async () => {
  const by = { acknowledgedAt: '2026-01-03T00:00:00.000Z', acknowledgedBy: 'Ben' };
  await acknowledgeSeries(pipeline.clients.dynamoDb, names.changePointsTable, seriesId, by);
  await all.first('update', isCount(0));
  await expect.poll(toldKeys).toEqual(keys);
});
