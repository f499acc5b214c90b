import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { storedChangePoints } from '../../cli/service/stored-series.ts';
import { dynamoClient } from '../../lambda/clients.ts';
import { pendingChangePoints } from '../../lambda/tables/pending-change-points.ts';
import { names } from '../../local/resources.ts';
import { aChangePoint } from '../lambda/a-change-point.ts';
import { changePointsOf } from '../lambda/tables/change-points-of.ts';
import { useBackend } from '../use/backend.ts';

const backend = useBackend();

test('series are listed in natural order: mote-2 before mote-10', async () => {
  const { dynamoDb } = backend.clients;
  const inOrder = ['mote-1', 'mote-2', 'mote-10', 'mote-10b', 'Pump 3', 'pump 20'];
  for (const seriesId of [...inOrder].sort()) {
    await dynamoDb.send(
      new PutItemCommand({
        TableName: names.changePointsTable,
        Item: { seriesId: { S: seriesId }, sortKey: { S: 'HEAD' }, version: { N: '1' } },
      }),
    );
  }
  const all = await storedChangePoints(dynamoDb, names.changePointsTable).all();
  expect(all.map(({ head }) => head.seriesId)).toEqual(inOrder);
});

test('a change point shows when it was published, if it was, and nothing of the way to that', async () => {
  const client = dynamoClient(backend.environment);
  const pending = pendingChangePoints(client, names.changePointsTable);
  const { signal } = new AbortController();
  const stored = storedChangePoints(backend.clients.dynamoDb, names.changePointsTable);
  const found = aChangePoint({ seriesId: 'shown' });
  await changePointsOf(client).store(found, '2026-01-01T00:00:00.000Z');
  await pending.claim(found, { claimedBy: 'a', claimedAt: 0, claimedUntil: 1 }, signal);
  expect(await stored.changePoints('shown')).toEqual([found]);
  await pending.markPublished(found, '2026-01-02T00:00:00.000Z', signal);
  expect(await stored.changePoints('shown')).toEqual([{ ...found, publishedAt: '2026-01-02T00:00:00.000Z' }]);
});
