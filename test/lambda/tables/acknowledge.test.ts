import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect, test } from 'vitest';
import { acknowledgementOf } from '../../../lambda/acknowledgement.ts';
import type { SeriesChangePoint } from '../../../lambda/change-point.ts';
import { dynamoClient } from '../../../lambda/clients.ts';
import { acknowledge, unacknowledged } from '../../../lambda/tables/acknowledge.ts';
import { pendingChangePoints } from '../../../lambda/tables/pending-change-points.ts';
import { changePointKey, changePointOf } from '../../../lambda/tables/stored-change-point.ts';
import { names } from '../../../local/resources.ts';
import { useBackend } from '../../use/backend.ts';
import { aChangePoint } from '../a-change-point.ts';
import { changePointsOf } from './change-points-of.ts';

const backend = useBackend();
const table = names.changePointsTable;
const clientOf = () => dynamoClient(backend.environment);
const by = (name: string, note?: string) =>
  acknowledgementOf({ by: name, note }, new Date('2026-01-05T10:00:00Z'));
const keys = ['1', '2', '3'].map((hour) => `2026-01-01T0${hour}:00:00.000Z#e`);
const [first = '', second = ''] = keys;

async function itemOf(name: Pick<SeriesChangePoint, 'seriesId' | 'eventKey'>) {
  const { Item } = await clientOf().send(new GetCommand({ TableName: table, Key: changePointKey(name) }));
  return Item;
}

beforeAll(async () => {
  for (const seriesId of ['noted', 'listed', 'told']) {
    for (const eventKey of keys)
      await changePointsOf(clientOf()).store(
        aChangePoint({ seriesId, eventKey }),
        '2026-01-01T09:00:00.000Z',
      );
  }
});

test('of two who take note of one change, one is the first, and stays', async () => {
  const name = { seriesId: 'noted', eventKey: first };
  const both = [by('Ada', 'valve'), by('Ben')].map((one) => acknowledge(clientOf(), table, name, one));
  const won = await Promise.all(both);
  expect(won.filter(Boolean)).toHaveLength(1);
  const item = await itemOf(name);
  expect(item).toMatchObject(won[0] ? { acknowledgedBy: 'Ada', note: 'valve' } : { acknowledgedBy: 'Ben' });
  expect(await acknowledge(clientOf(), table, name, by('Cay'))).toBe(false);
  expect(await itemOf(name)).toEqual(item);
});

test('a change that was deleted is not brought back', async () => {
  const name = { seriesId: 'noted', eventKey: second };
  await clientOf().send(new DeleteCommand({ TableName: table, Key: changePointKey(name) }));
  expect(await acknowledge(clientOf(), table, name, by('Ada'))).toBe(false);
  expect(await itemOf(name)).toBeUndefined();
});

test('what nobody has taken note of is listed, up to an event', async () => {
  const listed = async (through?: string) =>
    (await unacknowledged(clientOf(), table, 'listed', through)).map(({ eventKey }) => eventKey);
  expect(await listed()).toEqual(keys);
  expect(await listed(second)).toEqual(keys.slice(0, 2));
  await acknowledge(clientOf(), table, { seriesId: 'listed', eventKey: first }, by('Ada'));
  expect(await listed()).toEqual(keys.slice(1));
});

test('one that waits to be told stays so, and what is told says nothing of who took note', async () => {
  const name = { seriesId: 'told', eventKey: first };
  await acknowledge(clientOf(), table, name, by('Ada', 'early'));
  const pending = pendingChangePoints(clientOf(), table);
  const { signal } = new AbortController();
  const claim = { claimedBy: 'a', claimedAt: 0, claimedUntil: 1 };
  expect(await pending.claim(name, claim, signal)).toEqual(aChangePoint(name));
  await pending.markPublished(name, '2026-01-06T00:00:00.000Z', signal);
  expect(await itemOf(name)).toMatchObject({ acknowledgedBy: 'Ada', note: 'early' });
  expect(changePointOf({ ...aChangePoint(name), sortKey: 'x', ...by('Ada', 'y') })).toEqual(
    aChangePoint(name),
  );
});

test.each([
  ['', undefined, "by must be a person's name, got an empty text"],
  [' ', undefined, "by must be a person's name, got an empty text"],
  ['x'.repeat(101), undefined, 'by must have at most 100 characters, got 101'],
  ['Ada', '😀'.repeat(1001), 'note must have at most 1000 characters, got 1001'],
])('texts out of bounds are refused: %.5s, %.5s', (name, note, message) => {
  expect(() => acknowledgementOf({ by: name, note }, new Date())).toThrow(new RangeError(message));
});

test('blanks around texts are cut off, and an empty note is none', () => {
  expect(acknowledgementOf({ by: ' Ada ', note: '  ' }, new Date(0))).toEqual({
    acknowledgedAt: '1970-01-01T00:00:00.000Z',
    acknowledgedBy: 'Ada',
  });
});
