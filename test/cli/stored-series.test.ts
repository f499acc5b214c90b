import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { storedChangePoints } from '../../cli/service/stored-series.ts';
import { startBackend } from '../../local/backend.ts';
import { createClients, destroyClients } from '../../local/clients.ts';
import { names } from '../../local/resources.ts';

test('series are listed as people count: numbers in their names by size', async () => {
  const backend = await startBackend();
  const { dynamoDb, ...others } = createClients(backend.endpoints);
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
  destroyClients({ dynamoDb, ...others });
  await backend.close();
});
