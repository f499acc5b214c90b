import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AttributeValue, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { correctReading } from '../../cli/service/correct-reading.ts';
import { realBackoff } from '../../lambda/backoff.ts';
import { dynamoClient } from '../../lambda/clients.ts';
import { eventReader, eventWriter } from '../../lambda/tables/events-table.ts';
import { headSortKey } from '../../lambda/tables/head.ts';
import { names } from '../../local/resources.ts';
import { jsonLines } from '../json-lines.ts';
import { aChangePoint } from '../lambda/a-change-point.ts';
import { changePointsOf } from '../lambda/tables/change-points-of.ts';
import { useBackend } from '../use/backend.ts';
import { clientsAt } from '../use/clients.ts';
import { useFolder } from '../use/folder.ts';
import { runHere } from './in-process.ts';

const backend = useBackend();
const folder = useFolder();
const at = Date.parse('2026-01-01T00:00:00Z');

beforeAll(async () => {
  const writer = eventWriter(dynamoClient(backend.environment), names.eventsTable, 3600, realBackoff);
  const one = { seriesId: 's', timestamp: at, value: 71.3, eventId: 'a' };
  await writer.write([
    one,
    { ...one, timestamp: at + 1, wave: { id: 'mark' } },
    { ...one, timestamp: at + 1, eventId: 'ab', value: 5 },
    { ...one, timestamp: at + 1, nanoseconds: 7, value: 6 },
  ]);
});

const aed = (...args: string[]) =>
  runHere(['correct', 's', ...args, '--endpoint', backend.endpoints.dynamoDb]);

async function values(): Promise<readonly number[]> {
  const found: number[] = [];
  const reader = eventReader(dynamoClient(backend.environment), names.eventsTable);
  for await (const page of reader.read('s', undefined, '~')) found.push(...page.map(({ value }) => value));
  return found;
}

test('a reading has another value, and all others have theirs', async () => {
  expect(await aed('2026-01-01T01:00:00+01:00', '17.3')).toMatchObject({
    code: 0,
    out: 's at 2026-01-01T00:00:00Z: 71.3 → 17.3\n',
  });
  expect(await values()).toEqual([17.3, 71.3, 5, 6]);
});

test('a negative value is a value', async () => {
  expect(await aed('2026-01-01T00:00:00Z', '-4')).toMatchObject({ code: 0 });
  expect((await values())[0]).toBe(-4);
});

test('of several readings at one time one is chosen by its id', async () => {
  expect(await aed('2026-01-01T00:00:00.001Z', '1')).toMatchObject({
    code: 1,
    error:
      'error: s has several readings at 2026-01-01T00:00:00.001Z; choose one with --event-id: a (71.3), ab (5)\n',
  });
  const { out } = await aed('2026-01-01T00:00:00.001Z', '1', '--event-id', 'a', '--json');
  expect(JSON.parse(out)).toEqual({
    seriesId: 's',
    eventKey: '2026-01-01T00:00:00.001Z#a',
    before: 71.3,
    value: 1,
  });
  expect(await values()).toEqual([-4, 1, 5, 6]);
});

test('a reading is deleted', async () => {
  expect(await aed('2026-01-01T00:00:00.001000007Z', '--delete')).toMatchObject({
    code: 0,
    out: 's at 2026-01-01T00:00:00.001000007Z: 6 → deleted\n',
  });
  expect(await values()).toEqual([-4, 1, 5]);
});

test.each<[string, readonly string[], number, string]>([
  [
    'a time without a reading',
    ['2026-01-02T00:00:00Z', '1'],
    1,
    's has no reading at 2026-01-02T00:00:00.000Z',
  ],
  ['an id that is not there', ['2026-01-01T00:00:00Z', '1', '--event-id', 'x'], 1, 'has no reading at'],
  ['a time without a zone', ['2026-01-02T00:00:00', '1'], 2, 'It must be an ISO 8601 time with a zone'],
  [
    'text for a value',
    ['2026-01-01T00:00:00Z', 'x'],
    2,
    "error: argument 'value' is invalid. It must be a number, got 'x'. (see aed correct --help)",
  ],
  ['a value that is too large', ['2026-01-01T00:00:00Z', '1e126'], 2, 'It must be 0 or of a magnitude'],
  ['no value', ['2026-01-01T00:00:00Z'], 2, 'correct needs either a value or --delete, got neither'],
  [
    'both',
    ['2026-01-01T00:00:00Z', '1', '--delete'],
    2,
    'correct needs either a value or --delete, got both',
  ],
])('refused: %s', async (_, args, code, error) => {
  const before = await values();
  expect(await aed(...args)).toMatchObject({ code, error: expect.stringContaining(error) });
  expect(await values()).toEqual(before);
});

/** What somebody may have written in the place of a value, by what is shown of it. */
const written: readonly (readonly [string, AttributeValue | undefined, string])[] = [
  ['text', { S: 'abc' }, 'abc'],
  ['empty text', { S: '' }, ''],
  ['nothing', undefined, 'undefined'],
  ['null', { NULL: true }, 'null'],
  ['a truth', { BOOL: false }, 'false'],
  ['a number with more digits than a double', { N: '0.12345678901234567890' }, '0.12346'],
  ['a whole number beyond those of a double', { N: '12345678901234567891' }, '12346000000000000000'],
  ['the least number of the table', { N: '1.2345678901234567890123e-130' }, '1.2346e−130'],
  ['a set of numbers', { NS: ['0.12345678901234567890', '2'] }, 'Set(2) { 0.12345678901234568, 2 }'],
  ['bytes', { B: Uint8Array.of(1, 2) }, 'Uint8Array(2) [ 1, 2 ]'],
];

const putValue = (id: string, value: AttributeValue | undefined, seriesId = 's') => {
  const eventKey = { S: `2026-01-02T00:00:00.000Z#${id}` };
  const Item = { seriesId: { S: seriesId }, eventKey, ...(value && { value }) };
  return backend.clients.dynamoDb.send(new PutItemCommand({ TableName: names.eventsTable, Item }));
};

test.each(written)('an item that has %s for a value is mended, and deleted', async (name, value, shown) => {
  for (const args of [['7'], ['--delete']]) {
    await putValue(name, value);
    const { out } = await aed('2026-01-02T00:00:00Z', ...args, '--event-id', name);
    expect(out).toBe(`s at 2026-01-02T00:00:00Z: ${shown} → ${args[0] === '7' ? '7' : 'deleted'}\n`);
  }
  expect(await values()).toEqual([-4, 1, 5]);
});

test('whatever stands for a value is listed', async () => {
  const items: typeof written = [
    ...written,
    ['a map', { M: { toString: { S: 'x' }, valueOf: { NULL: true } } }, "{ toString: 'x', valueOf: null }"],
    ['a list', { L: [{ N: '1' }, { M: {} }] }, '[ 1, {} ]'],
  ];
  for (const [id, value] of items) await putValue(id, value, 'shown');
  const args = ['history', 'shown', '--around', 'newest', '--endpoint', backend.endpoints.dynamoDb];
  const { out } = await runHere(args);
  for (const [id, , shown] of items) expect(out).toMatch(new RegExp(`│ ${escaped(shown)} +│ ${id} +│`));
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

test.each(written)(
  'an item that has %s for a value, and another one meanwhile, stays',
  async (name, value) => {
    const timestamp = Date.parse('2026-01-02T00:00:00Z');
    const meanwhile = { N: '0.12345678901234567891' };
    for (const corrected of [7, undefined]) {
      await putValue(name, value);
      const client = clientsAt(backend.endpoints.dynamoDb).dynamoDb;
      client.middlewareStack.add(
        (next, context) => async (args) => {
          if (context.commandName !== 'QueryCommand') await putValue(name, meanwhile);
          return next(args);
        },
        { step: 'initialize' },
      );
      const correcting = correctReading(
        client,
        names.eventsTable,
        { seriesId: 's', timestamp, eventId: name },
        corrected,
        new AbortController().signal,
      );
      await expect(correcting).rejects.toThrow('the reading of s has changed meanwhile; look at it again');
      client.destroy();
    }
    await aed('2026-01-02T00:00:00Z', '--delete', '--event-id', name);
  },
);

describe('the readings of a series, as `aed correct` names them', () => {
  const seconds = [0, 1, 2, 3, 4, 5, 6];
  const timeOf = (second: number) => `2026-02-01T00:00:0${second}.000Z`;
  const listed = (...args: string[]) =>
    runHere(['history', 'listed', ...args, '--endpoint', backend.endpoints.dynamoDb]);

  beforeAll(async () => {
    const client = dynamoClient(backend.environment);
    const item = (eventKey: string, value: unknown) =>
      client.send(
        new PutCommand({ TableName: names.eventsTable, Item: { seriesId: 'listed', eventKey, value } }),
      );
    for (const second of seconds) await item(`${timeOf(second)}#e`, second === 4 ? 'broken' : second);
    await item('no time', 1);
    for (const [from, to] of [
      [1, 2],
      [3, 5],
    ] as const) {
      const found = aChangePoint({
        seriesId: 'listed',
        changedEventKey: `${timeOf(from)}#e`,
        eventKey: `${timeOf(to)}#e`,
      });
      await changePointsOf(client).store(found, timeOf(to));
      if (from === 3) await changePointsOf(client).retract(found, timeOf(to));
    }
  });

  test('are the nearest ones, half of them before the place as far as there are so many', async () => {
    for (const place of [-1, 1, 6, 9])
      for (const limit of [1, 4, 20]) {
        const around = place < 0 ? '2026-01-31T23:59:59Z' : timeOf(place);
        const { out } = await listed('--around', around, '--limit', String(limit), '--json');
        const before = seconds.filter((second) => second < place);
        const after = seconds.filter((second) => second >= place);
        const wanted = Math.min(after.length, Math.max(Math.ceil(limit / 2), limit - before.length));
        const expected = [
          ...before.slice(Math.max(0, before.length - limit + wanted)),
          ...after.slice(0, wanted),
        ];
        expect(jsonLines(out).map(({ timestamp }) => timestamp)).toEqual(expected.map(timeOf));
      }
  });

  test('are named by time and id, also what is no number, with the change points that stand there', async () => {
    const { out } = await listed('--around', '2026-02-01T00:00:03Z', '--limit', '4');
    expect(out).toMatch(/│ 2026-02-01T00:00:01Z │ 1 +│ e +│ new level +│/);
    expect(out).toMatch(/│ 2026-02-01T00:00:02Z │ 2 +│ e +│ known +│/);
    expect(out).toMatch(/│ 2026-02-01T00:00:04Z │ broken │ e +│/);
    expect(out).toContain('\n`aed correct listed TIME VALUE` gives one of them another value');
    const [first] = jsonLines((await listed('--around', 'newest', '--limit', '1', '--json')).out);
    expect(first).toEqual({
      type: 'reading',
      seriesId: 'listed',
      timestamp: timeOf(6),
      eventKey: `${timeOf(6)}#e`,
      eventId: 'e',
      value: 6,
    });
  });

  test('are those around the last change that stands', async () => {
    const { out } = await listed('--around', 'change', '--limit', '2', '--json');
    expect(jsonLines(out).map(({ timestamp }) => timestamp)).toEqual([timeOf(0), timeOf(1)]);
  });

  test.each([
    [['s', '--around', 'change'], 1, 's has no change point; give --around a time, or newest'],
    [['nobody', '--around', 'newest'], 1, "the service has no series 'nobody'"],
    [['nobody', '--around', 'change'], 1, "the service has no series 'nobody'"],
    [['s', '--limit', '3'], 2, '--limit is for a list of readings: give --around as well'],
    [['s', '--around', 'change', '--readings', '3'], 2, '--readings is not for a list of readings'],
    [['s', '--around', 'change', '--report', 'a.html'], 2, '--report is not for a list of readings'],
    [['s', '--around', 'yesterday'], 2, 'It must be change, newest, or an ISO 8601 time with a zone'],
  ])('are refused: %j', async (args, code, error) => {
    const ended = await runHere(['history', ...args, '--endpoint', backend.endpoints.dynamoDb]);
    expect(ended).toMatchObject({ code, error: expect.stringContaining(error) });
  });
});

test('a series of which every reading was deleted is known wherever it is listed', async () => {
  const client = dynamoClient(backend.environment);
  await client.send(
    new PutCommand({
      TableName: names.changePointsTable,
      Item: { seriesId: 'emptied', sortKey: headSortKey, regimeAfter: '' },
    }),
  );
  const seriesId = 'emptied';
  const writer = eventWriter(client, names.eventsTable, 3600, realBackoff);
  await writer.write([{ seriesId, timestamp: at, value: 1, eventId: 'a' }]);
  const endpoint = ['--endpoint', backend.endpoints.dynamoDb];
  await runHere(['correct', seriesId, '2026-01-01T00:00:00Z', '--delete', ...endpoint]);

  expect((await runHere(['series', ...endpoint])).out).toContain('emptied');
  const history = ['history', seriesId, ...endpoint];
  const words = 'emptied: its readings have expired or were deleted\n';
  expect(await runHere(history)).toMatchObject({ code: 0, out: `${words}\nNo change point.\n`, error: '' });
  expect(await runHere([...history, '--json'])).toMatchObject({ code: 0, out: '', error: '' });
  const around = await runHere([...history, '--around', 'newest']);
  expect(around).toMatchObject({ code: 0, out: words, error: '' });
  const report = join(folder, 'emptied.svg');
  expect(await runHere([...history, '--report', report])).toMatchObject({ code: 0 });
  const drawn = await readFile(report, 'utf8');
  expect(drawn).toContain('its readings have expired or were deleted');
  expect(drawn).not.toMatch(/NaN|undefined|Infinity/);
  expect(await runHere(['acknowledge', seriesId, '--by', 'Ada', ...endpoint])).toMatchObject({ code: 0 });
});
