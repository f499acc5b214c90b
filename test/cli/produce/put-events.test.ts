import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordsCommand,
  type PutRecordsCommandInput,
  waitUntilStreamExists,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PutFailedError, putEntries, putEvents } from '../../../cli/produce/put-events.ts';
import { putLimits } from '../../../cli/produce/put-limits.ts';
import { deaggregate } from '../../../lambda/record/aggregated-record.ts';
import { localIdentity } from '../../../local/clients.ts';
import type { Emulator } from '../../../local/emulators/emulator.ts';
import { startKinesis } from '../../../local/emulators/kinesis.ts';

const stream = 'records';
let emulator: Emulator;
let client: KinesisClient;
let waits: number[];

beforeEach(async () => {
  waits = [];
  emulator = await startKinesis();
  client = new KinesisClient({
    ...localIdentity,
    endpoint: emulator.endpoint,
    requestHandler: new NodeHttpHandler(),
  });
  await client.send(new CreateStreamCommand({ StreamName: stream, ShardCount: 1 }));
  // Until it is active there is no stream to put into.
  await waitUntilStreamExists(
    { client, maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.1 },
    { StreamName: stream },
  );
});

afterEach(async () => {
  client.destroy();
  await emulator.close();
});

const backoff = {
  wait: async (milliseconds: number) => {
    waits.push(milliseconds);
  },
  random: () => 0.5,
};

const events = (count: number, extra: object = {}) =>
  Array.from({ length: count }, (_, value) => ({ seriesId: 's', timestamp: value, value, ...extra }));

/** What the stream holds, in its order. */
async function rawlyHeld() {
  const { ShardIterator } = await client.send(
    new GetShardIteratorCommand({
      StreamName: stream,
      ShardId: 'shardId-000000000000',
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  const records = [];
  for (let iterator = ShardIterator; iterator !== undefined; ) {
    const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
    if (page.Records?.length === 0) break;
    records.push(...(page.Records ?? []));
    iterator = page.NextShardIterator;
  }
  return records;
}

/** The events that the stream holds, one a record, in its order. */
async function held() {
  return (await rawlyHeld()).map(({ Data, PartitionKey }) => ({
    ...JSON.parse(Buffer.from(Data ?? '').toString()),
    PartitionKey,
  }));
}

/** Refuses, on the way back, the records of the stream's answers that it is told to. */
function refuse(which: (event: { readonly value: number }, call: number) => boolean): void {
  let call = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== PutRecordsCommand.name) return next(args);
      const thisCall = ++call;
      const input = args.input as { Records: { Data: Uint8Array }[] };
      const isRefused = input.Records.map(({ Data }) =>
        which(JSON.parse(Buffer.from(Data).toString()), thisCall),
      );
      const taken = input.Records.filter((_, index) => !isRefused[index]);
      const entries: object[] = [];
      if (taken.length > 0) {
        const { output } = await next({ ...args, input: { ...input, Records: taken } });
        entries.push(...(output as { Records: object[] }).Records);
      }
      const Records = isRefused.map((refused) =>
        refused ? { ErrorCode: 'ProvisionedThroughputExceededException' } : { ...entries.shift() },
      );
      return { response: {}, output: { $metadata: {}, Records } };
    },
    { step: 'initialize' },
  );
}

describe('putEvents', () => {
  test('puts every event, in order, in calls of 500', async () => {
    const calls: number[] = [];
    const put = await putEvents(client, stream, events(1_234), {
      backoff,
      onPut: (count) => calls.push(count),
    });
    expect(put).toBe(1_234);
    expect(calls).toEqual([500, 500, 234]);
    expect(await held()).toEqual(events(1_234).map((event) => ({ ...event, PartitionKey: 's' })));
  });

  test('cuts a call where its records grow too large together', async () => {
    const calls: number[] = [];
    const large = events(12, { note: 'x'.repeat(900 * 1024) });
    await putEvents(client, stream, large, { backoff, onPut: (count) => calls.push(count) });
    expect(calls).toEqual([5, 5, 2]);
  });

  test('puts again, in order, what the stream refuses', async () => {
    refuse(({ value }, call) => call === 1 && value % 2 === 1);
    expect(await putEvents(client, stream, events(6), { backoff })).toBe(6);
    expect((await held()).map(({ value }) => value)).toEqual([0, 2, 4, 1, 3, 5]);
    expect(waits).toHaveLength(1);
  });

  test('gives up on records that stay refused', async () => {
    refuse(({ value }) => value === 2);
    await expect(putEvents(client, stream, events(4), { backoff })).rejects.toThrow(PutFailedError);
    expect(waits).toHaveLength(putLimits.putAttempts - 1);
  });

  test('goes on as long as the stream takes some', async () => {
    const count = 2 * putLimits.putAttempts;
    // As a full shard does: one record a call.
    refuse(({ value }, call) => value !== call - 1);
    expect(await putEvents(client, stream, events(count), { backoff })).toBe(count);
    expect(waits).toHaveLength(count - 1);
    expect(new Set(waits).size).toBe(1);
  });

  test('stops between two calls when told to', async () => {
    const stop = new AbortController();
    const put = await putEvents(client, stream, events(1_500), {
      backoff,
      signal: stop.signal,
      onPut: () => stop.abort(),
    });
    expect(put).toBe(500);
  });

  test('refuses an event that no record can hold', async () => {
    const tooLarge = events(1, { note: 'x'.repeat(1024 * 1024) });
    await expect(putEvents(client, stream, tooLarge, { backoff })).rejects.toThrow(
      /an event with its key must be at most 1048576 bytes, got 10486\d\d bytes/,
    );
  });

  test('puts a record that is larger than one call holds in a call of its own', async () => {
    const calls: number[] = [];
    client.middlewareStack.add(
      () => async (args) => {
        const { Records: records = [] } = args.input as PutRecordsCommandInput;
        calls.push(records.length);
        return {
          response: {},
          output: { $metadata: {}, Records: records.map(() => ({ SequenceNumber: '1' })) },
        };
      },
      { step: 'initialize' },
    );
    const large = { PartitionKey: 's', Data: new Uint8Array(putLimits.callBytes) };
    const small = { PartitionKey: 's', Data: new Uint8Array(1) };
    expect(await putEntries(client, stream, [large, small, small, large], { backoff })).toBe(4);
    expect(calls).toEqual([1, 2, 1]);
  });

  test('puts events of a series into one record when told to, each series in its order', async () => {
    const given = Array.from({ length: 2_000 }, (_, value) => ({
      seriesId: `s${value % 3}`,
      timestamp: value,
      value,
    }));
    const calls: number[] = [];
    const onPut = (count: number) => calls.push(count);
    expect(await putEvents(client, stream, given, { backoff, onPut, aggregate: true })).toBe(2_000);
    expect(calls).toEqual([2_000]);
    const records = await rawlyHeld();
    // A series has about 40 kB, which is one record.
    expect(records).toHaveLength(3);
    for (const { Data, PartitionKey } of records) {
      const apart = deaggregate(Data ?? Buffer.of());
      const events = apart.ok
        ? apart.records.map(({ data }) => JSON.parse(Buffer.from(data).toString()))
        : [];
      expect(events).toEqual(given.filter(({ seriesId }) => seriesId === PartitionKey));
    }
  });

  test('keeps the order of each series when records of it are refused, if they are aggregated', async () => {
    const given = Array.from({ length: 60 }, (_, value) => ({
      seriesId: `s${value % 2}`,
      timestamp: value,
      value,
      note: 'x'.repeat(10 * 1024),
    }));
    let calls = 0;
    client.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName !== PutRecordsCommand.name || ++calls % 3 !== 0) return next(args);
        const { Records = [] } = args.input as PutRecordsCommandInput;
        return {
          response: {},
          output: { $metadata: {}, Records: Records.map(() => ({ ErrorCode: 'Full' })) },
        };
      },
      { step: 'initialize' },
    );
    expect(await putEvents(client, stream, given, { backoff, aggregate: true })).toBe(60);
    expect(waits.length).toBeGreaterThan(2);
    const held = (await rawlyHeld()).flatMap(({ Data = Buffer.of() }) => {
      const apart = deaggregate(Data);
      return apart.ok ? apart.records.map(({ data }) => JSON.parse(Buffer.from(data).toString())) : [];
    });
    for (const series of ['s0', 's1']) {
      const own = ({ seriesId }: { readonly seriesId: string }) => seriesId === series;
      expect(held.filter(own)).toEqual(given.filter(own));
    }
  });

  test('no call has two aggregated records of one series', async () => {
    const keys: (string | undefined)[][] = [];
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const { Records = [] } = args.input as PutRecordsCommandInput;
        if (context.commandName === PutRecordsCommand.name)
          keys.push(Records.map(({ PartitionKey }) => PartitionKey));
        return next(args);
      },
      { step: 'initialize' },
    );
    const large = events(9, { note: 'x'.repeat(20 * 1024) });
    await putEvents(client, stream, [...large, { seriesId: 'other' }], { backoff, aggregate: true });
    expect(keys).toEqual([['s'], ['s'], ['s'], ['s'], ['s', 'other']]);
  });

  test('leaves a single event of a series as it is, and starts a new record at 50 KiB', async () => {
    const large = events(4, { note: 'x'.repeat(20 * 1024) });
    const single = { seriesId: 'other', timestamp: 0, value: 0 };
    await putEvents(client, stream, [...large, single], { backoff, aggregate: true });
    const apart = (await rawlyHeld()).map(({ Data = Buffer.of() }) => deaggregate(Data));
    expect(apart.map((each) => each.ok && each.records.length)).toEqual([2, 2, false]);
  });

  test.each([
    ['an empty seriesId', ''],
    ['one longer than a partition key may be', 'é'.repeat(257)],
  ])('keeps a series in one shard under the hash of %s', async (_, seriesId) => {
    await putEvents(client, stream, events(2, { seriesId }), { backoff });
    const keys = (await held()).map(({ PartitionKey }) => PartitionKey);
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), keys[0]]);
  });
});
