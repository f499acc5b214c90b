import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { storedChangePoints } from '../../cli/service/stored-series.ts';
import { names } from '../../local/resources.ts';
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
