import { BatchWriteItemCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { type BatchWriteCommandInput, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { dynamoClient } from '../../../lambda/clients.ts';
import { isStorable } from '../../../lambda/dynamo-number.ts';
import { eventKey, type StoredEvent } from '../../../lambda/event.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { eventReader, eventWriter } from '../../../lambda/tables/events-table.ts';
import { names } from '../../../local/resources.ts';
import { useBackend } from '../../use/backend.ts';

const backend = useBackend();
let client: DynamoDBDocumentClient;
let waits: number[];
let seriesId: string;
let count = 0;

beforeEach(() => {
  client = dynamoClient(backend.environment);
  waits = [];
  seriesId = `series ${++count}`;
});

const backoff = {
  wait: async (milliseconds: number) => {
    waits.push(milliseconds);
  },
  random: () => 0.5,
};
const writer = () => eventWriter(client, names.eventsTable, 60, backoff);
const event = (timestamp: number, value = timestamp, eventId = 'e') => ({
  seriesId,
  timestamp,
  value,
  eventId,
});

async function read(after?: string, through = '9999'): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const page of eventReader(client, names.eventsTable).read(seriesId, after, through)) {
    events.push(...page);
  }
  return events;
}

/** Holds back, in every call, the writes that it is told to, as DynamoDB does under load. */
function holdBack(isHeld: (value: number, call: number) => boolean): void {
  let call = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== BatchWriteItemCommand.name) return next(args);
      const thisCall = ++call;
      const input = args.input as BatchWriteCommandInput;
      const requests = input.RequestItems?.[names.eventsTable] ?? [];
      const held = requests.filter(({ PutRequest }) => isHeld(PutRequest?.Item?.value, thisCall));
      const rest = requests.filter((request) => !held.includes(request));
      if (rest.length > 0) await next({ ...args, input: { RequestItems: { [names.eventsTable]: rest } } });
      const UnprocessedItems = held.length > 0 ? { [names.eventsTable]: held } : {};
      return { response: {}, output: { $metadata: {}, UnprocessedItems } };
    },
    { step: 'initialize' },
  );
}

describe('writing', () => {
  test('repeats what stays unprocessed, after waits that grow', async () => {
    holdBack((value, call) => call <= 3 && value % 2 === 0);
    expect(await writer().write([0, 1, 2, 3].map((at) => event(at)))).toEqual([]);
    expect((await read()).map(({ value }) => value)).toEqual([0, 1, 2, 3]);
    expect(waits).toEqual([12.5, 25, 50]);
  });

  test('gives back what stays unprocessed for ever', async () => {
    holdBack((value) => value === 2);
    expect(await writer().write([0, 1, 2, 3].map((at) => event(at)))).toEqual([event(2)]);
    expect(waits).toHaveLength(processingLimits.writeAttempts - 1);
    expect((await read()).map(({ value }) => value)).toEqual([0, 1, 3]);
  });

  test('the same event twice makes one record in the table stream', async () => {
    await writer().write([event(1)]);
    const { length } = backend.tableStream;
    await writer().write([event(1)]);
    expect(backend.tableStream.length).toBe(length);
  });

  test('every storable double comes back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ noNaN: true }).filter(isStorable), { minLength: 1, maxLength: 25 }),
        async (values) => {
          seriesId = `series ${++count}`;
          await writer().write(values.map((value, at) => event(at, value + 0)));
          expect((await read()).map(({ value }) => value)).toEqual(values.map((value) => value + 0));
        },
      ),
    );
  });
});

describe('reading', () => {
  test('goes in the order of the keys, after one and through another', async () => {
    const keys = [3, 1, 2, 4].map((at) => eventKey(event(at)));
    await writer().write([3, 1, 2, 4].map((at) => event(at)));
    expect((await read()).map(({ value }) => value)).toEqual([1, 2, 3, 4]);
    expect((await read(keys[1])).map(({ value }) => value)).toEqual([2, 3, 4]);
    expect((await read(keys[1], keys[0])).map(({ value }) => value)).toEqual([2, 3]);
  });

  test('goes through all pages', async () => {
    // A page ends at 1 MB; ids of nearly 1 kB fill it after about a thousand events.
    const long = 'x'.repeat(990);
    const events = Array.from({ length: 2_500 }, (_, at) => event(at, at, long));
    for (let start = 0; start < events.length; start += processingLimits.writeBatchItems) {
      await writer().write(events.slice(start, start + processingLimits.writeBatchItems));
    }
    expect((await read()).map(({ value }) => value)).toEqual(events.map(({ value }) => value));
  });
});

test('every read sees what was written before it: it asks for that', async () => {
  const asked: unknown[] = [];
  client.middlewareStack.add(
    (next) => async (args) => {
      asked.push((args.input as QueryCommandInput).ConsistentRead);
      return next(args);
    },
    { step: 'initialize' },
  );
  await read();
  await eventReader(client, names.eventsTable).readNewest(seriesId, undefined, 10);
  expect(asked).toEqual([true, true]);
});

describe('reading the newest', () => {
  const values = async (...[after, most, through]: [string | undefined, number, string?]) => {
    const newest = await eventReader(client, names.eventsTable).readNewest(seriesId, after, most, through);
    return newest?.events.map(({ value }) => value);
  };

  test('finds all after a key and up to another one, in their order, or nothing if there may be more', async () => {
    const keys = [0, 1, 2, 3, 4].map((at) => eventKey(event(at)));
    await writer().write([0, 1, 2, 3, 4].map((at) => event(at)));
    expect(await values(undefined, 10)).toEqual([0, 1, 2, 3, 4]);
    expect(await values(undefined, 10, keys[3])).toEqual([0, 1, 2, 3]);
    expect(await values(keys[1], 10)).toEqual([2, 3, 4]);
    expect(await values(keys[1], 10, keys[3])).toEqual([2, 3]);
    expect(await values(keys[4], 10)).toEqual([]);
    expect(await values(undefined, 4)).toBeUndefined();
    expect(await values(keys[1], 2)).toBeUndefined();
    expect(await values(undefined, 6)).toEqual([0, 1, 2, 3, 4]);
  });

  test('finds the waves that are whole, and tells of what is no reading', async () => {
    const [oldest = '', closing = ''] = [1, 2].map((at) => eventKey(event(at)));
    const wave = { id: 'x', oldest, count: 2 };
    await writer().write([event(1), { ...event(2), wave }, { ...event(3), wave: { id: 'y', count: 4 } }]);
    const told: unknown[] = [];
    const reader = eventReader(client, names.eventsTable, (...item) => told.push(item));
    expect(await reader.readNewest(seriesId, undefined, 10)).toMatchObject({
      events: [{ value: 1 }, { value: 2 }, { value: 3 }],
      waves: [{ ...wave, closing }],
    });
    expect(told).toEqual([]);
    await client.send(
      new PutCommand({ TableName: names.eventsTable, Item: { seriesId, eventKey: 'x', value: 5 } }),
    );
    expect(await reader.readNewest(seriesId, undefined, 10)).toMatchObject({ events: { length: 3 } });
    expect(told).toEqual([[seriesId, 'x']]);
  });
});

describe('many items are written in several calls', () => {
  const { writeBatchItems, writeAttempts } = processingLimits;
  const many = () => Array.from({ length: 2 * writeBatchItems + 1 }, (_, at) => event(at));

  test('of as many as one takes', async () => {
    const sizes: number[] = [];
    client.middlewareStack.add(
      (next) => async (args) => {
        const { RequestItems } = args.input as BatchWriteCommandInput;
        sizes.push(RequestItems?.[names.eventsTable]?.length ?? 0);
        return next(args);
      },
      { step: 'initialize' },
    );
    expect(await writer().write(many())).toEqual([]);
    expect(sizes).toEqual([writeBatchItems, writeBatchItems, 1]);
    expect(await read()).toHaveLength(2 * writeBatchItems + 1);
  });

  test('until something of one stays unprocessed: then the rest is left', async () => {
    holdBack((value) => value === writeBatchItems + 3);
    const left = await writer().write(many());
    expect(left).toEqual([event(writeBatchItems + 3), event(2 * writeBatchItems)]);
    expect(waits).toHaveLength(writeAttempts - 1);
    expect(await read()).toHaveLength(2 * writeBatchItems - 1);
  });
});
