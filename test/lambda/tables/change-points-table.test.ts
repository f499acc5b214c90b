import { Agent } from 'node:http';
import {
  type AttributeValue,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SeriesChangePoint } from '../../../lambda/change-point.ts';
import { dynamoClient } from '../../../lambda/clients.ts';
import type { ChangePointsTable } from '../../../lambda/tables/change-points-table.ts';
import { HeadMovedError } from '../../../lambda/tables/head.ts';
import { names } from '../../../local/resources.ts';
import { type FaultyProxy, startProxy } from '../../campaigns/faults/proxy.ts';
import type { FaultKind, Target } from '../../campaigns/faults/schedule.ts';
import { useBackend } from '../../use/backend.ts';
import { aChangePoint } from '../a-change-point.ts';
import { changePointsOf } from './change-points-of.ts';

const backend = useBackend();
let proxy: FaultyProxy;
let table: ChangePointsTable;
/** What is done to the next calls, the first of them first. */
let planned: FaultKind[];
let called: Target[];
const agent = new Agent({ keepAlive: true });

beforeAll(async () => {
  proxy = await startProxy({ name: 'tested', alive: true, died: false }, backend.endpoints, agent, {
    fault: () => planned.shift(),
    async damage() {},
    received: ({ target }) => called.push(target),
    effective() {},
    died() {},
  });
  const client = dynamoClient({ ...backend.environment, AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint });
  table = changePointsOf(client);
});
afterAll(async () => {
  await proxy.close();
  agent.destroy();
});
beforeEach(() => {
  planned = [];
  called = [];
});

const keyOf = (name: string | number) => `2026-01-01T00:00:00.000Z#${name}`;

describe('a HEAD', () => {
  test('is made by the first of several who move it', async () => {
    const all = await Promise.all([1, 2, 3].map(() => table.head('new')));
    expect(all).toEqual(Array(3).fill({ seriesId: 'new', sortKey: 'HEAD', version: 0 }));
    const moves = await Promise.allSettled(
      all.map((head, place) => table.moveHead(head, { testedThrough: keyOf(place) })),
    );
    const [moved, ...others] = moves.flatMap((move) => (move.status === 'fulfilled' ? [move.value] : []));
    expect(others).toEqual([]);
    expect(moved).toMatchObject({ seriesId: 'new', sortKey: 'HEAD', version: 1 });
    expect(await table.head('new')).toEqual(moved);
    const refused = moves.flatMap((move) => (move.status === 'rejected' ? [move.reason] : []));
    expect(refused).toEqual(Array(2).fill(new HeadMovedError('the HEAD has moved past version 0', moved)));
    expect(refused.map(({ stored }) => stored)).toEqual([moved, moved]);
  });

  test.each(['reset after', 'failed after'] as const)(
    'is moved once, also when the answer is lost (%s), so that the repeat is refused',
    async (kind) => {
      const head = await table.head(kind);
      called = [];
      planned = [kind];
      const moved = await table.moveHead(head, { testedThrough: keyOf('k') });
      expect(called).toEqual(['head', 'head', 'read']);
      expect(moved).toMatchObject({ version: 1, testedThrough: keyOf('k') });
      expect(await table.head(kind)).toEqual(moved);
    },
  );

  test('is moved by one of two', async () => {
    const head = await table.head('contested');
    const theirs = await table.moveHead(head, { testedThrough: keyOf('theirs') });
    await expect(table.moveHead(head, { testedThrough: keyOf('ours') })).rejects.toThrow(
      new HeadMovedError('the HEAD has moved past version 0', theirs),
    );
    expect(await table.head('contested')).toMatchObject({ version: 1, testedThrough: keyOf('theirs') });
  });

  test('that was deleted and made again is another HEAD, though its version is the same', async () => {
    const old = await table.moveHead(await table.head('deleted'), { testedThrough: keyOf('old') });
    const Key = { seriesId: { S: 'deleted' }, sortKey: { S: 'HEAD' } };
    await backend.clients.dynamoDb.send(new DeleteItemCommand({ TableName: names.changePointsTable, Key }));
    const first = await table.head('deleted');
    const moved = await table.moveHead(first, { testedThrough: keyOf('new') });
    expect(moved.version).toBe(old.version);
    await expect(table.moveHead(old, {})).rejects.toThrow(HeadMovedError);
    expect(await table.head('deleted')).toEqual(moved);
  });

  test('is moved with whatever stands as its options, which stay as they are', async () => {
    const { attribute } = fc.letrec<{ readonly attribute: AttributeValue; readonly map: AttributeValue }>(
      (tie) => ({
        attribute: fc.oneof(
          { maxDepth: 3, withCrossShrink: true },
          fc.constantFrom<AttributeValue>({ NULL: true }, { BOOL: false }, { SS: ['alpha'] }, { NS: ['5'] }),
          fc.string().map((S) => ({ S })),
          fc.constantFrom('Number', 'Set', 'Map', 'Uint8Array').map((S) => ({ S })),
          fc.integer().map((N) => ({ N: String(N) })),
          fc.uint8Array({ minLength: 1, maxLength: 3 }).map((B) => ({ B })),
          fc.array(tie('attribute'), { maxLength: 2 }).map((L) => ({ L })),
          tie('map'),
          tie('map'),
        ),
        map: fc
          .dictionary(
            fc.constantFrom('alpha', 'constructor', 'name', 'toString', 'size', 'length'),
            tie('attribute'),
            { maxKeys: 3 },
          )
          .map((M) => ({ M })),
      }),
    );
    const TableName = names.changePointsTable;
    const Key = { seriesId: { S: 'odd options' }, sortKey: { S: 'HEAD' } };
    const moves = fc.asyncProperty(attribute, async (options) => {
      const Item = { ...Key, version: { N: '1' }, options };
      await backend.clients.dynamoDb.send(new PutItemCommand({ TableName, Item }));
      const head = await table.head('odd options');
      await table.moveHead(head, { ...head, testedThrough: keyOf('k') });
      const stored = await backend.clients.dynamoDb.send(new GetItemCommand({ TableName, Key }));
      expect(stored.Item).toMatchObject({ version: { N: '2' }, testedThrough: { S: keyOf('k') } });
      expect(stored.Item?.options).toEqual(options);
    });
    await fc.assert(moves, {
      examples: [
        [{ M: { constructor: { S: 'x' } } }],
        [{ M: { constructor: { M: { name: { S: 'Number' } } } } }],
        [{ M: { constructor: { M: { name: { S: 'Set' } } } } }],
      ],
    });
  });

  test('that the table refuses to move is not reported as moved by another', async () => {
    const head = await table.head('refused');
    planned = ['refused'];
    await expect(table.moveHead(head, {})).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('a change point', () => {
  const key = ({ seriesId, eventKey }: SeriesChangePoint) => ({
    seriesId: { S: seriesId },
    sortKey: { S: `CP#${eventKey}` },
  });
  const stored = async (changePoint: SeriesChangePoint) => {
    const command = new GetItemCommand({ TableName: names.changePointsTable, Key: key(changePoint) });
    return (await backend.clients.dynamoDb.send(command)).Item;
  };
  const since = { S: '2026-01-01T00:00:00.000Z' };

  test('is stored once, pending since the first time', async () => {
    const changePoint = aChangePoint({ seriesId: 'stored' });
    await table.store(changePoint, since.S);
    await table.store(changePoint, 'later');
    expect(await stored(changePoint)).toMatchObject({ ...key(changePoint), pendingSince: since });
  });

  test('that was published is not pending again, whoever stores it', async () => {
    const changePoint = aChangePoint({ seriesId: 'published' });
    const Item = { ...key(changePoint), publishedAt: since };
    await backend.clients.dynamoDb.send(new PutItemCommand({ TableName: names.changePointsTable, Item }));
    await table.store(changePoint, 'later');
    expect(await stored(changePoint)).toEqual(Item);
  });

  test('that is neither published nor pending becomes pending: else nobody would publish it', async () => {
    const changePoint = aChangePoint({ seriesId: 'forgotten' });
    const Item = key(changePoint);
    await backend.clients.dynamoDb.send(new PutItemCommand({ TableName: names.changePointsTable, Item }));
    await table.store(changePoint, since.S);
    expect(await stored(changePoint)).toMatchObject({ pendingSince: since });
  });
});
