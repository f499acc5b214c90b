import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { shortened } from '../../cli/shortened.ts';
import { names } from '../../local/resources.ts';
import { useBackend } from '../use/backend.ts';
import { runHere } from './in-process.ts';

const backend = useBackend();

test.each([
  ['boiler-7', 8, 'boiler-7'],
  ['boiler-77', 8, 'boiler-…'],
  ['🌡'.repeat(9), 8, `${'🌡'.repeat(7)}…`],
])('%s in %d characters', (text, most, shown) => {
  expect(shortened(text, most)).toBe(shown);
});

test('aed series says of a long name that it is not whole', async () => {
  const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '' } = backend.environment;
  const seriesId = `plant/${'x'.repeat(60)}`;
  const Item = { seriesId: { S: seriesId }, sortKey: { S: 'HEAD' }, version: { N: '1' } };
  await backend.clients.dynamoDb.send(new PutItemCommand({ TableName: names.changePointsTable, Item }));
  const { out } = await runHere(['series', '--endpoint', endpoint]);
  expect(out).toMatch(/│ plant\/x{41}… │/);
});
