import { resolveOptions } from '@aed/core';
import { PublishCommand } from '@aws-sdk/client-sns';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { dynamoClient } from '../../../lambda/clients.ts';
import { changePointKey } from '../../../lambda/tables/stored-change-point.ts';
import { names, subscribeQueue } from '../../../local/resources.ts';
import { inTurn } from '../../../web/server/in-turn.ts';
import { polledService } from '../../../web/server/polled-service.ts';
import { servePage } from '../../../web/server/serve-page.ts';
import { untoldChanges } from '../../../web/server/untold-changes.ts';
import type { History, Point, Snapshot, Update } from '../../../web/wire.ts';
import { aChangePoint } from '../../lambda/a-change-point.ts';
import { useBackend } from '../../use/backend.ts';
import { readEvents } from './event-source.ts';
import { unreliableTables } from './unreliable-client.ts';

const backend = useBackend();
const keyOf = (second: number) => `2026-01-01T00:00:0${second}.000Z#e`;
const put = (TableName: string, Item: Record<string, unknown>) =>
  dynamoClient(backend.environment).send(new PutCommand({ TableName, Item }));
const event = (seriesId: string, second: number) =>
  put(names.eventsTable, { seriesId, eventKey: keyOf(second), value: second });

test('of a service that runs elsewhere, the tables show its series, its news and its changes, and other messages are told', async () => {
  const { dynamoDb, sqs } = backend.clients;
  await put(names.changePointsTable, { seriesId: 'far', sortKey: 'HEAD', version: 1 });
  for (const second of [1, 2, 3]) await event('far', second);
  const options = resolveOptions({ alpha: 0.02, maxRegimeLength: 10_000 });
  const found = aChangePoint({ seriesId: 'far', eventKey: keyOf(3), options });
  await put(names.changePointsTable, {
    ...found,
    ...changePointKey(found),
    publishedAt: keyOf(3).slice(0, 24),
  });

  const others: string[] = [];
  const service = polledService({
    tables: { dynamoDb, ...names },
    sqs,
    async subscribe() {
      const { queueUrl } = await subscribeQueue(backend.clients, backend.resources.topicArn, 'watching');
      return { queueUrl, async remove() {} };
    },
    onOther: ({ text }) => void others.push(text),
  });
  const page = await servePage({ service, readOnly: true });
  const Message = 'of another topic';
  await backend.clients.sns.send(new PublishCommand({ TopicArn: backend.resources.topicArn, Message }));
  const all = await readEvents(`${page.url}api/overview`);
  const { series, counts } = await all.first<Snapshot>('snapshot');
  expect(series).toMatchObject([{ seriesId: 'far', value: 3, unacknowledged: 1 }]);
  expect(counts).toBeUndefined();

  const opened = await readEvents(`${page.url}api/series?id=far`);
  const history = await opened.first<History>('history');
  expect(history).toMatchObject({ options: { alpha: 0.02 }, optionsAreGuessed: true });
  await event('far', 4);
  expect(await opened.first<readonly Point[]>('points')).toEqual([[Date.parse('2026-01-01T00:00:04Z'), 4]]);
  await all.first<Update>('update', (update) => update.series.some(({ value }) => value === 4));

  const noted = { ...found, ...changePointKey(found), publishedAt: keyOf(3).slice(0, 24) };
  await put(names.changePointsTable, { ...noted, acknowledgedAt: 'now', acknowledgedBy: 'Ada' });
  await all.first<Update>('update', (update) => update.series.some((one) => one.unacknowledged === 0));
  await expect.poll(() => others).toEqual([Message]);
  all.close();
  opened.close();
  await page.close();
  service.close();
});

test('what is deleted leaves the page: a reading, and the series with its last one', async () => {
  const { dynamoDb, sqs } = backend.clients;
  const remove = (second: number) =>
    dynamoClient(backend.environment).send(
      new DeleteCommand({
        TableName: names.eventsTable,
        Key: { seriesId: 'brief', eventKey: keyOf(second) },
      }),
    );
  await put(names.changePointsTable, { seriesId: 'brief', sortKey: 'HEAD', version: 1 });
  for (const second of [1, 2, 3]) await event('brief', second);
  const service = polledService({
    tables: { dynamoDb, ...names },
    sqs,
    async subscribe() {
      const { queueUrl } = await subscribeQueue(backend.clients, backend.resources.topicArn, 'forgetting');
      return { queueUrl, async remove() {} };
    },
  });
  const page = await servePage({ service, readOnly: true });
  const all = await readEvents(`${page.url}api/overview`);
  const { series } = await all.first<Snapshot>('snapshot');
  const index = series.find(({ seriesId }) => seriesId === 'brief')?.index ?? -1;
  const opened = await readEvents(`${page.url}api/series?id=brief`);
  await opened.first<History>('history');
  await remove(3);
  const isShorter = (one: Update['series'][number]) => one.index === index && one.value === 2;
  const { series: updated } = await all.first<Update>('update', (update) => update.series.some(isShorter));
  expect(updated.find(isShorter)).toMatchObject({ whole: true, points: [1, 2] });
  for (const second of [1, 2]) await remove(second);
  await all.first<Update>('update', ({ gone }) => gone.includes(index));
  await opened.first<History>('history', ({ points }) => points.length === 0);
  const late = await readEvents(`${page.url}api/overview`);
  const { series: left } = await late.first<Snapshot>('snapshot');
  expect(left.map(({ seriesId }) => seriesId)).not.toContain('brief');
  for (const reader of [all, opened, late]) reader.close();
  await page.close();
  service.close();
});

test('a change that waits to be told is heard of, and again when it is told', async () => {
  const found = aChangePoint({ seriesId: 'late', eventKey: keyOf(1) });
  const head = aChangePoint({ seriesId: 'head', eventKey: keyOf(2), id: 'decided' });
  const pendingSince = '2026-01-01T00:00:00.000Z';
  const item = { ...found, ...changePointKey(found) };
  await put(names.changePointsTable, { ...item, pendingSince });
  await put(names.changePointsTable, {
    seriesId: 'head',
    sortKey: 'HEAD',
    version: 1,
    pending: head,
    pendingSince,
  });
  const heard: unknown[] = [];
  let now = Date.parse(pendingSince);
  const look = untoldChanges(
    { dynamoDb: backend.clients.dynamoDb, ...names },
    ({ id, publishedAt }) => heard.push([id, publishedAt]),
    () => now,
  );
  await look();
  expect(heard).toEqual([]);
  now += 60_000;
  await look();
  await look();
  expect(heard).toEqual([
    ['decided', undefined],
    [found.id, undefined],
  ]);
  await put(names.changePointsTable, { ...item, publishedAt: '2026-01-01T00:02:00.000Z' });
  await look();
  expect(heard.at(-1)).toEqual([found.id, '2026-01-01T00:02:00.000Z']);
  const client = dynamoClient(backend.environment);
  await client.send(
    new DeleteCommand({ TableName: names.changePointsTable, Key: { seriesId: 'head', sortKey: 'HEAD' } }),
  );
  await look();
  expect(heard).toHaveLength(3);
});

test('a change whose read fails is heard of by the next look, and the others are at once', async () => {
  const pendingSince = '2026-01-01T00:00:00.000Z';
  const waiting = [1, 2, 3].map((second) =>
    aChangePoint({ seriesId: 'held', eventKey: keyOf(second), id: keyOf(second) }),
  );
  for (const found of waiting)
    await put(names.changePointsTable, { ...found, ...changePointKey(found), pendingSince });
  const tables = unreliableTables(backend.endpoints.dynamoDb);
  const heard: unknown[] = [];
  const look = untoldChanges({ dynamoDb: tables.client, ...names }, ({ seriesId, id, publishedAt }) => {
    if (seriesId === 'held') heard.push([id, publishedAt]);
  });
  const failAt = (second: number) =>
    tables.failWhere(({ Key }) => Key !== undefined && JSON.stringify(Key).includes(keyOf(second)));
  failAt(1);
  await expect(look()).rejects.toThrow('it is down');
  expect(heard).toEqual([2, 3].map((second) => [keyOf(second), undefined]));
  tables.failWhere(() => false);
  await look();
  expect(heard.slice(2)).toEqual([[keyOf(1), undefined]]);

  const publishedAt = '2026-01-01T00:02:00.000Z';
  for (const found of waiting)
    await put(names.changePointsTable, { ...found, ...changePointKey(found), publishedAt });
  failAt(2);
  await expect(look()).rejects.toThrow('it is down');
  tables.failWhere(() => false);
  await look();
  await look();
  expect(heard.slice(3)).toEqual([3, 1, 2].map((second) => [keyOf(second), publishedAt]));
});

test('each has its turn, whatever fails, and who is urgent is first', async () => {
  const done: string[] = [];
  const told = { failed: 0, worked: 0 };
  const rounds = inTurn(
    () => ['a', 'b', 'c'],
    async (id) => {
      done.push(id);
      if (id === 'b') throw new Error('no');
    },
    2,
    { failed: () => void told.failed++, worked: () => void told.worked++ },
  );
  const ticks = async (count: number) => {
    for (let tick = 0; tick < count; tick++) {
      rounds.tick();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await ticks(3);
  expect(done).toEqual(['a', 'b', 'c', 'a', 'b']);
  rounds.soon('z');
  await ticks(1);
  expect(done.slice(5)).toEqual(['z', 'c']);
  expect(told).toEqual({ failed: 2, worked: 5 });
});
