import { describe, expect, test } from 'vitest';
import type { Handler } from '../../local/event-source-mapping/invoke.ts';
import { startMapping } from '../../local/event-source-mapping/mapping.ts';
import type { Source } from '../../local/event-source-mapping/source.ts';
import { aborted, limits, memorySource, record, sequenceNumber } from './memory-source.ts';
import { start } from './started-mapping.ts';

const numbered = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => record(first + index));

const succeeds: Handler<number> = async () => undefined;
const throws: Handler<number> = () => Promise.reject(new Error('store is gone'));
const failsFrom =
  (event: number): Handler<number> =>
  async ({ Records }) => ({
    batchItemFailures: Records.includes(event) ? [{ itemIdentifier: sequenceNumber(event) }] : [],
  });

describe('records come to the function', () => {
  test('in batches, in order, each once', async () => {
    const { mapping, invoked } = start(memorySource(numbered(1, 7)), succeeds, { batchSize: 3 });
    await mapping.doneWith(7);
    await mapping.stop();
    expect(invoked).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
    expect(mapping.progress).toEqual({ succeeded: 7, discarded: 0, filtered: 0 });
  });

  test('only if they pass the filters; the others are done with', async () => {
    const source = memorySource(numbered(1, 6));
    const { mapping, invoked } = start(source, succeeds, { batchSize: 3, filters: [{ parity: ['even'] }] });
    await mapping.doneWith(6);
    await mapping.stop();
    expect(invoked).toEqual([[2], [4, 6]]);
    expect(mapping.progress).toEqual({ succeeded: 3, discarded: 0, filtered: 3 });
  });

  test('not at all if a whole batch does not pass', async () => {
    const source = memorySource([record(1), record(3)]);
    const { mapping, invoked } = start(source, throws, { filters: [{ parity: ['even'] }] });
    await mapping.doneWith(2);
    await mapping.stop();
    expect(invoked).toEqual([]);
    expect(source.checkpoints).toEqual([sequenceNumber(3)]);
  });

  test('of the next batch only when the failing one is done with', async () => {
    const { mapping, invoked, discarded } = start(memorySource(numbered(1, 4)), failsFrom(2), {
      batchSize: 2,
      retryAttempts: 1,
    });
    await mapping.doneWith(4);
    await mapping.stop();
    expect(invoked).toEqual([[1, 2], [2], [2], [3, 4]]);
    expect(discarded).toMatchObject([
      { shardId: 'shard-0', condition: 'RetryAttemptsExhausted', invocations: 3, records: [record(2)] },
    ]);
    expect(mapping.progress).toEqual({ succeeded: 3, discarded: 1, filtered: 0 });
  });

  test('of one shard while another one is blocked', async () => {
    let release = () => {};
    const blocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { mapping } = start(memorySource([record(1)], [record(2)]), async ({ Records }) => {
      if (Records.includes(1)) await blocked;
    });
    await mapping.doneWith(1);
    expect(mapping.progress.succeeded).toBe(1);
    release();
    await mapping.doneWith(2);
    await mapping.stop();
  });
});

test('whoever listens hears of each step', async () => {
  const heard: number[] = [];
  const { mapping } = start(memorySource(numbered(1, 3)), succeeds, { batchSize: 1 });
  mapping.onProgress(({ succeeded }) => heard.push(succeeded));
  await mapping.doneWith(3);
  await mapping.stop();
  expect(heard).toEqual([1, 2, 3]);
});

describe('stopping', () => {
  test('lets the invocation under way end, and begins no other', async () => {
    let stopped: Promise<void> | undefined;
    const { mapping, invoked } = start(
      memorySource(numbered(1, 3)),
      async () => {
        stopped ??= mapping.stop();
      },
      { batchSize: 1 },
    );
    await mapping.doneWith(1);
    await stopped;
    expect(invoked).toEqual([[1]]);
    expect(mapping.progress.succeeded).toBe(1);
  });

  test('amid retries leaves the batch to the next mapping', async () => {
    const source = memorySource(numbered(1, 3));
    let waiting = () => {};
    const waited = new Promise<void>((resolve) => {
      waiting = resolve;
    });
    const first = start(
      source,
      throws,
      { batchSize: 2 },
      {
        wait: (_, signal) => {
          waiting();
          return aborted(signal);
        },
      },
    );
    await waited;
    await first.mapping.stop();
    expect(first.discarded).toEqual([]);
    expect(source.checkpoints).toEqual([undefined]);

    const second = start(source, succeeds);
    await second.mapping.doneWith(3);
    await second.mapping.stop();
    expect(second.invoked).toEqual([[1, 2, 3]]);
  });

  test('ends a real wait too', async () => {
    const mapping = startMapping<number>({
      source: memorySource([record(1)]),
      functionName: 'recorder',
      handler: () => {
        setImmediate(() => mapping.stop());
        return Promise.reject(new Error('store is gone'));
      },
      limits: { mapping: limits, function: { timeoutSeconds: 60, memoryMegabytes: 128 } },
      onFailure: async () => {},
      now: () => 0,
    });
    await expect(mapping.doneWith(1)).rejects.toThrow('stopped before 1 records');
    await mapping.stop();
  });

  test('tells whoever still waits', async () => {
    const { mapping } = start(memorySource([]), succeeds);
    const waiting = mapping.doneWith(1);
    await Promise.all([
      expect(waiting).rejects.toThrow("recorder's mapping was stopped before 1 records"),
      mapping.stop(),
    ]);
  });
});

describe('what breaks the mapping itself reaches whoever waits and whoever stops it', () => {
  const broken = new Error('stream is gone');

  test.each<[string, (source: Source<number>) => Source<number>]>([
    ['shards that cannot be listed', (source) => ({ ...source, shards: () => Promise.reject(broken) })],
    [
      'a shard that cannot be read',
      (source) => ({
        ...source,
        open: async (...place) => ({ ...(await source.open(...place)), read: () => Promise.reject(broken) }),
      }),
    ],
  ])('%s', async (_, breaking) => {
    const { mapping } = start(breaking(memorySource([record(1)])), succeeds);
    await expect(mapping.doneWith(1)).rejects.toBe(broken);
    await expect(mapping.stop()).rejects.toBe(broken);
  });

  test('a destination that takes nothing, also while stopping', async () => {
    const { mapping } = start(
      memorySource([record(1)]),
      throws,
      { retryAttempts: 0 },
      {
        onFailure: async () => {
          mapping.stop().catch(() => {});
          throw broken;
        },
      },
    );
    await expect(mapping.doneWith(1)).rejects.toBe(broken);
    await expect(mapping.stop()).rejects.toBe(broken);
  });

  test('one shard of two: the other ends its invocation first', async () => {
    let release = () => {};
    const blocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { mapping } = start(
      memorySource([record(1)], [record(2)]),
      async ({ Records }) => {
        if (!Records.includes(2)) throw new Error('store is gone');
        await blocked;
      },
      { retryAttempts: 0 },
      {
        onFailure: async () => {
          setImmediate(release);
          throw broken;
        },
      },
    );
    await expect(mapping.doneWith(2)).rejects.toBe(broken);
    expect(mapping.progress.succeeded).toBe(1);
    await expect(mapping.stop()).rejects.toBe(broken);
  });
});

test.each([0, 11, 1.5, Number.NaN])('a parallelisation factor of %d is refused', (parallelizationFactor) => {
  expect(() => start(memorySource(), succeeds, { parallelizationFactor })).toThrow(
    new RangeError(`parallelizationFactor must be an integer from 1 to 10, got ${parallelizationFactor}`),
  );
});
