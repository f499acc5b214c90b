import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { serviceAnswers } from '../../../cli/service/answers.ts';
import { documentClient } from '../../../lambda/document-client.ts';
import { names } from '../../../local/resources.ts';
import { useBackend } from '../../use/backend.ts';

const backend = useBackend();
const newest = '2026-01-01T00:00:09.000Z#id';
const signal = new AbortController().signal;

async function answers(seriesId: string, head: object) {
  const { dynamoDb } = backend.clients;
  const Item = { seriesId, sortKey: 'HEAD', version: 1, ...head };
  await documentClient(dynamoDb).send(new PutCommand({ TableName: names.changePointsTable, Item }));
  const wait = { seriesId, newest, longestSeconds: 0, signal };
  return serviceAnswers(dynamoDb, names.changePointsTable, wait);
}

test.each([[5], ['zzz'], [null], [true], [{ of: 'a map' }], [new Set(['z'])]])(
  'a HEAD tested through %j, which is no event key, is not tested to its end',
  async (testedThrough) => {
    await expect(answers(`through-${testedThrough}`, { testedThrough })).rejects.toThrow(
      'after 0 s the service had tested no reading yet',
    );
  },
);

test('a HEAD whose regime starts nowhere is named, since its series cannot go on', async () => {
  await expect(answers('nowhere', { regimeAfter: 5, testedThrough: newest })).rejects.toThrow(
    'the HEAD of nowhere has a regimeAfter that is no event key',
  );
});

test('a series is answered for once it is tested to its end, and told of by the time of its last test before', async () => {
  await expect(answers('behind', { testedThrough: '2026-01-01T00:00:08.000Z+000500#id' })).rejects.toThrow(
    'after 0 s the service had tested the readings up to 2026-01-01T00:00:08.0000005Z;',
  );
  expect(await answers('tested', { testedThrough: newest })).toEqual([]);
});
