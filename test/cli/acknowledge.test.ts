import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, expect, test } from 'vitest';
import { dynamoClient } from '../../lambda/clients.ts';
import { acknowledge } from '../../lambda/tables/acknowledge.ts';
import { names } from '../../local/resources.ts';
import { jsonLines } from '../json-lines.ts';
import { aChangePoint } from '../lambda/a-change-point.ts';
import { changePointsOf } from '../lambda/tables/change-points-of.ts';
import { useBackend } from '../use/backend.ts';
import { runHere } from './in-process.ts';

const backend = useBackend();
const changes: Readonly<Record<string, readonly number[]>> = { a: [2], b: [], c: [1, 3] };

beforeAll(async () => {
  for (const [seriesId, hours] of Object.entries(changes)) {
    await backend.clients.dynamoDb.send(
      new PutItemCommand({
        TableName: names.changePointsTable,
        Item: { seriesId: { S: seriesId }, sortKey: { S: 'HEAD' }, version: { N: '1' } },
      }),
    );
    for (const hour of hours) {
      const changedAt = `2026-01-01T0${hour}:00:00.000Z`;
      const found = aChangePoint({ seriesId, changedAt, eventKey: `2026-01-01T0${hour}:30:00.000Z#e` });
      await changePointsOf(dynamoClient(backend.environment)).store(found, changedAt);
    }
  }
});

const aed = (...args: string[]) => runHere([...args, '--endpoint', backend.endpoints.dynamoDb]);
const listed = async (...args: string[]) =>
  jsonLines((await aed('series', '--json', ...args)).out).map(({ seriesId }) => seriesId);

test('series are ordered by their last change, and those that never changed are left out', async () => {
  expect(await listed()).toEqual(['a', 'b', 'c']);
  expect(await listed('--sort', 'change')).toEqual(['c', 'a', 'b']);
  expect(await listed('--sort', 'change', '--changed')).toEqual(['c', 'a']);
  expect((await aed('series', '--changed')).out).toMatch(/│ c +│.*│ 2 +│ 2 +│ 2026-01-01T03:30:00Z +│/);
});

test('an acknowledged series is in the history with name and note, and no more among the others', async () => {
  const { out } = await aed('acknowledge', 'c', '--by', 'Ada', '--note', 'new valve');
  expect(out).toBe('acknowledged 2 change points of c\n');
  expect((await aed('acknowledge', 'c', '--by', 'Ben')).out).toBe('acknowledged 0 change points of c\n');
  expect(await listed('--unacknowledged')).toEqual(['a']);
  const history = await aed('history', 'c');
  expect(history.out).toMatch(/\n2026-01-01T01:00:00Z: acknowledged by Ada at \S+Z: new valve\n/);
  const [found] = jsonLines((await aed('history', 'c', '--json')).out);
  expect(found).toMatchObject({ acknowledgedBy: 'Ada', note: 'new valve' });
});

test('each one that was acknowledged is a line of JSON', async () => {
  const [line, ...others] = jsonLines((await aed('acknowledge', 'a', '--by', 'Ada', '--json')).out);
  expect(line).toMatchObject({ type: 'acknowledged', seriesId: 'a', knownAt: '2026-01-01T02:30:00.000Z' });
  expect(others).toEqual([]);
});

test('what was acknowledged together last is taken back, and then what was before', async () => {
  const { out } = await aed('acknowledge', 'c', '--undo');
  expect(out).toMatch(/^took back the acknowledgement of 2 change points of c, by Ada at \S+Z: new valve\n$/);
  expect(await listed('--unacknowledged')).toEqual(['c']);
  for (const found of jsonLines((await aed('history', 'c', '--json')).out))
    for (const name of ['acknowledgedAt', 'acknowledgedBy', 'note']) expect(found).not.toHaveProperty(name);
  const client = dynamoClient(backend.environment);
  const points = [1, 3].map((hour) => ({ seriesId: 'c', eventKey: `2026-01-01T0${hour}:30:00.000Z#e` }));
  for (const [index, name] of points.entries())
    await acknowledge(client, names.changePointsTable, name, {
      acknowledgedAt: `2026-01-02T0${index}:00:00.000Z`,
      acknowledgedBy: 'Ben',
    });
  const undone = async () => jsonLines((await aed('acknowledge', 'c', '--undo', '--json')).out);
  expect(await undone()).toMatchObject([
    { type: 'takenBack', knownAt: '2026-01-01T03:30:00.000Z', acknowledgedBy: 'Ben' },
  ]);
  expect(await undone()).toMatchObject([{ knownAt: '2026-01-01T01:30:00.000Z' }]);
  expect((await aed('acknowledge', 'c', '--undo')).out).toBe('nobody has acknowledged a change point of c\n');
});

test('a series that is not there, and a name that is none, are errors of one line', async () => {
  expect(await aed('acknowledge', 'nobody', '--by', 'Ada')).toMatchObject({
    code: 1,
    error: "error: the service has no series 'nobody'; `aed series` lists those that it has\n",
  });
  expect(await aed('acknowledge', 'a', '--by', ' ')).toMatchObject({
    code: 2,
    error: "error: by must be a person's name, got an empty text\n",
  });
  expect(await aed('acknowledge', 'nobody', '--undo')).toMatchObject({
    code: 1,
    error: expect.stringContaining("the service has no series 'nobody'"),
  });
  expect(await aed('acknowledge', 'a', '--undo', '--note', 'x')).toMatchObject({
    code: 2,
    error: 'error: --note is not for --undo, which deletes name and note: leave out one of them\n',
  });
});
