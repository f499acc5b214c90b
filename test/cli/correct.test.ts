import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, expect, test } from 'vitest';
import { realBackoff } from '../../lambda/backoff.ts';
import { dynamoClient } from '../../lambda/clients.ts';
import { eventReader, eventWriter } from '../../lambda/tables/events-table.ts';
import { names } from '../../local/resources.ts';
import { useBackend } from '../use/backend.ts';
import { runHere } from './in-process.ts';

const backend = useBackend();
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
  ['no value', ['2026-01-01T00:00:00Z'], 2, 'correct needs either a value or --delete'],
  ['both', ['2026-01-01T00:00:00Z', '1', '--delete'], 2, 'correct needs either a value or --delete'],
])('refused: %s', async (_, args, code, error) => {
  const before = await values();
  expect(await aed(...args)).toMatchObject({ code, error: expect.stringContaining(error) });
  expect(await values()).toEqual(before);
});

test.each([
  ['text', { S: 'abc' }, 'abc'],
  ['nothing', undefined, 'undefined'],
])('an item that has %s for a value is mended, and deleted', async (name, value, shown) => {
  const eventKey = { S: `2026-01-02T00:00:00.000Z#${name}` };
  const Item = { seriesId: { S: 's' }, eventKey, ...(value && { value }) };
  const put = new PutItemCommand({ TableName: names.eventsTable, Item });
  for (const args of [['7'], ['--delete']]) {
    await backend.clients.dynamoDb.send(put);
    const { out } = await aed('2026-01-02T00:00:00Z', ...args, '--event-id', name);
    expect(out).toBe(`s at 2026-01-02T00:00:00Z: ${shown} → ${args[0] === '7' ? '7' : 'deleted'}\n`);
  }
  expect(await values()).toEqual([-4, 1, 5]);
});
