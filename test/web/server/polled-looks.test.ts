import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dynamoClient } from '../../../lambda/clients.ts';
import { names, subscribeQueue } from '../../../local/resources.ts';
import { pageLimits } from '../../../web/server/page-limits.ts';
import { type PolledService, polledService } from '../../../web/server/polled-service.ts';
import { servePage } from '../../../web/server/serve-page.ts';
import type { History, Point } from '../../../web/wire.ts';
import { useBackend } from '../../use/backend.ts';
import { type EventReader, readEvents } from './event-source.ts';
import { type Unreliable, unreliableTables } from './unreliable-client.ts';

const backend = useBackend();
const begin = Date.UTC(2026);
let tables: Unreliable<(typeof backend)['clients']['dynamoDb']>;
let service: PolledService;

beforeEach(() => {
  tables = unreliableTables(backend.endpoints.dynamoDb);
  service = polledService({
    tables: { dynamoDb: tables.client, ...names },
    sqs: backend.clients.sqs,
    async subscribe() {
      const { queueUrl } = await subscribeQueue(backend.clients, backend.resources.topicArn, 'looking');
      return { queueUrl, async remove() {} };
    },
  });
});
afterEach(() => service.close());

const put = (TableName: string, Item: Record<string, unknown>) =>
  dynamoClient(backend.environment).send(new PutCommand({ TableName, Item }));
const record = (seriesId: string, second: number) =>
  put(names.eventsTable, {
    seriesId,
    eventKey: `${new Date(begin + second * 1000).toISOString()}#e`,
    value: second,
  });

/** What an opened series shows: its last history, and what came after that. */
function shownBy({ heard }: EventReader): readonly Point[] {
  const begin = heard.findLastIndex(({ name }) => name === 'history');
  return heard.slice(begin).flatMap(({ name, data }) => {
    if (name === 'history') return (data as History).points;
    return name === 'points' ? (data as readonly Point[]) : [];
  });
}

test('an opened series has every reading, however many come between two looks', async () => {
  const seconds = Array.from({ length: pageLimits.seriesPoints * 2 }, (_, second) => second);
  await put(names.changePointsTable, { seriesId: 'busy', sortKey: 'HEAD', version: 1 });
  for (const second of seconds.slice(0, 3)) await record('busy', second);
  const page = await servePage({ service, readOnly: true, report() {} });
  const opened = await readEvents(`${page.url}api/series?id=busy`);
  await opened.first<History>('history');
  tables.failWhere(() => true);
  for (const second of seconds.slice(3)) await record('busy', second);
  tables.failWhere(() => false);
  await expect.poll(() => shownBy(opened).map(([, value]) => value)).toEqual(seconds);
  opened.close();
  await page.close();
});

test('a name of which nothing is stored is looked at only while somebody looks at it', async () => {
  const asked = new Map<string, number>();
  const timesAsked = (seriesId: string) => asked.get(seriesId) ?? 0;
  tables.failWhere((input) => {
    for (const seriesId of ['ghost', 'known', 'begun'])
      if (JSON.stringify(input).includes(seriesId)) asked.set(seriesId, timesAsked(seriesId) + 1);
    return false;
  });
  service.recalled?.(
    { seriesIds: ['known'], series: [], changes: new Map(), published: [] },
    { failed() {}, worked() {} },
  );
  const leaving = ['ghost', 'known', 'begun'].map((seriesId) => service.follow(seriesId));
  const heard = new Set<string>();
  service.onReading(({ seriesId }) => heard.add(seriesId));
  await record('begun', 1);
  await expect.poll(() => [...heard]).toEqual(['begun']);
  await expect.poll(() => timesAsked('ghost')).toBeGreaterThan(0);
  for (const leave of leaving) leave();
  const [ghost, known, begun] = ['ghost', 'known', 'begun'].map(timesAsked);
  await expect.poll(() => timesAsked('known')).toBeGreaterThan((known ?? 0) + 2);
  expect(timesAsked('begun')).toBeGreaterThan((begun ?? 0) + 1);
  // A round may have been under way.
  expect(timesAsked('ghost')).toBeLessThanOrEqual((ghost ?? 0) + 1);
});
