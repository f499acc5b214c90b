import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { realBackoff } from '../../../lambda/backoff.ts';
import type { SeriesChangePoint } from '../../../lambda/change-point.ts';
import { dynamoClient } from '../../../lambda/clients.ts';
import { detectSeries as testSeries } from '../../../lambda/detector/detect-series.ts';
import type { DetectedSeries, DetectorParts } from '../../../lambda/detector/look-parts.ts';
import { RememberedRegimes } from '../../../lambda/detector/remembered-regimes.ts';
import { eventKey } from '../../../lambda/event.ts';
import type { Notifier } from '../../../lambda/notify/notifier.ts';
import { publishPending } from '../../../lambda/notify/publish-pending.ts';
import { regimeLimits } from '../../../lambda/regime/regime-limits.ts';
import { detectorOptionsFromText } from '../../../lambda/settings.ts';
import { realSurroundings } from '../../../lambda/surroundings.ts';
import type { ChangePointsTable } from '../../../lambda/tables/change-points-table.ts';
import { eventReader, eventWriter } from '../../../lambda/tables/events-table.ts';
import { pendingChangePoints } from '../../../lambda/tables/pending-change-points.ts';
import { regimeChunks } from '../../../lambda/tables/regime-chunks.ts';
import type { ChangePointName } from '../../../lambda/tables/stored-change-point.ts';
import type { Wave } from '../../../lambda/tables/wave.ts';
import { names } from '../../../local/resources.ts';
import { readChangePoints } from '../../../local/stored.ts';
import { useBackend } from '../../use/backend.ts';
import { noRules } from '../no-rules.ts';
import { changePointsOf } from '../tables/change-points-of.ts';

const backend = useBackend();
let table: ChangePointsTable;
let published: SeriesChangePoint[];
let seriesId: string;
let count = 0;

beforeAll(() => {
  table = changePointsOf(dynamoClient(backend.environment));
});
beforeEach(() => {
  published = [];
  seriesId = `series ${++count}`;
});

/** Two levels: a rise at reading 20. */
const rise = Array.from({ length: 40 }, (_, index) => (index < 20 ? 0 : 9) + (index % 3));

type Parts = Omit<DetectorParts, 'stored'>;

function parts(replaced: Partial<Parts> = {}): Parts {
  const client = dynamoClient(backend.environment);
  return {
    events: eventReader(client, names.eventsTable),
    changePoints: table,
    chunks: regimeChunks(client, names.changePointsTable, realBackoff),
    remembered: new RememberedRegimes(regimeLimits, Math.random),
    regimeLimits,
    ...realSurroundings,
    clock: () => new Date('2026-01-01T00:00:00Z'),
    rules: noRules(detectorOptionsFromText({})),
    ...replaced,
  };
}

/** Tests a series, and publishes what was stored, as the detector does. */
async function detectWaves(id: string, waves: readonly Wave[], given: Parts): Promise<DetectedSeries> {
  const toPublish: ChangePointName[] = [];
  const detected = await testSeries(id, waves, { ...given, stored: (name) => toPublish.push(name) });
  await publish(toPublish, given);
  return detected;
}

async function publish(changePoints: readonly ChangePointName[], { clock }: Pick<Parts, 'clock'>) {
  const pending = pendingChangePoints(dynamoClient(backend.environment), names.changePointsTable);
  const notifier: Notifier = {
    async publish(changePoint) {
      published.push(changePoint);
    },
  };
  for (const name of changePoints)
    await publishPending(name, { ...realSurroundings, clock, pending, notifier, onSetAside() {} });
}

/** Stores the readings as events. @returns their keys */
async function store(values: readonly number[], from = 0): Promise<readonly string[]> {
  const writer = eventWriter(dynamoClient(backend.environment), names.eventsTable, 3600, realBackoff);
  const events = values.map((value, index) => ({
    seriesId,
    timestamp: (from + index) * 1000,
    value,
    eventId: 'e',
  }));
  for (let start = 0; start < events.length; start += 25) await writer.write(events.slice(start, start + 25));
  return events.map(eventKey);
}

/** Tests a series up to these events, each of which came in a wave of its own. */
function detectSeries(seriesId: string, keys: readonly string[], parts: Parts) {
  const waves: readonly Wave[] = keys.map((key) => ({ closing: key, oldest: key, count: 1 }));
  return detectWaves(seriesId, waves, parts);
}

async function stored() {
  return (await readChangePoints(backend.clients)).filter((found) => found.seriesId === seriesId);
}

const crash = async (): Promise<never> => {
  throw new Error('the function died');
};

describe('a change point is found, stored, published and marked', () => {
  test('once, however often its events are brought', async () => {
    const keys = await store(rise);
    expect(await detectSeries(seriesId, keys, parts())).toMatchObject({
      tested: 40,
      late: 0,
      changePoints: 1,
    });
    expect((await detectSeries(seriesId, keys, parts())).changePoints).toBe(0);
    expect(await stored()).toEqual([
      expect.objectContaining({ direction: 'up', publishedAt: '2026-01-01T00:00:00.000Z' }),
    ]);
    expect(published).toHaveLength(1);
    expect((await table.head(seriesId)).pending).toBeUndefined();
  });

  test('after a crash while storing it, by the retry', async () => {
    const keys = await store(rise);
    const dying = parts({ changePoints: { ...table, store: crash } });
    await expect(detectSeries(seriesId, keys, dying)).rejects.toThrow('the function died');

    await detectSeries(seriesId, keys, parts());
    expect(await stored()).toEqual([expect.objectContaining({ publishedAt: expect.any(String) })]);
    expect(published).toHaveLength(1);
  });

  test('by two writes of the HEAD: the one that decides, and the one that every look ends with', async () => {
    const keys = await store(rise);
    await table.head(seriesId);
    const moves: (SeriesChangePoint | undefined)[] = [];
    const moveHead: ChangePointsTable['moveHead'] = (head, to) => {
      moves.push(to.pending);
      return table.moveHead(head, to);
    };
    await detectSeries(seriesId, keys, parts({ changePoints: { ...table, moveHead } }));
    expect(moves).toEqual([expect.objectContaining({ seriesId }), undefined]);
    const left = Object.keys(await table.head(seriesId)).sort();
    expect(left).toEqual([
      'edition',
      'regimeAfter',
      'seriesId',
      'sortKey',
      'testedThrough',
      'version',
      'writeId',
    ]);
  });

  test('and is out of the HEAD after the look, though its event is the last one', async () => {
    const remembering = parts();
    let found = 0;
    for (const key of await store(rise)) {
      found += (await detectSeries(seriesId, [key], remembering)).changePoints;
      expect(await table.head(seriesId)).not.toHaveProperty('pending');
    }
    expect(found).toBe(1);
  });

  test('after a crash while storing it, by a look to which nothing is new', async () => {
    const keys = await store(rise);
    const dying = parts({ changePoints: { ...table, store: crash } });
    await expect(detectSeries(seriesId, keys, dying)).rejects.toThrow('the function died');

    expect(await detectSeries(seriesId, keys.slice(0, 1), parts())).toMatchObject({ tested: 0, late: 1 });
    expect(await stored()).toHaveLength(1);
    expect(await table.head(seriesId)).not.toHaveProperty('pending');
  });

  test('after a crash and a late event, the change point that was decided stands', async () => {
    const keys = await store(rise);
    await expect(
      detectSeries(seriesId, keys, parts({ changePoints: { ...table, store: crash } })),
    ).rejects.toThrow();
    const decided = (await table.head(seriesId)).pending;
    const lateKeys = await store([9, 9, 9], 19.5);
    await detectSeries(seriesId, [...keys, ...lateKeys], parts());
    expect((await stored()).map(({ id }) => id)).toEqual([decided?.id]);
  });

  test('once in the table and once out of the topic, by many detectors at the same time', async () => {
    const keys = await store([...rise, ...rise]);
    const looks = await Promise.all(Array.from({ length: 4 }, () => detectSeries(seriesId, keys, parts())));
    // As a sweep does, if one was stored while an earlier one was being published.
    await publish(await stored(), parts());
    const ids = (await stored()).map(({ id }) => id);
    expect(published.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(looks.reduce((sum, { changePoints }) => sum + changePoints, 0)).toBe(ids.length);
    const alone = parts();
    seriesId = `series ${++count}`;
    await detectSeries(seriesId, await store([...rise, ...rise]), alone);
    expect(ids).toHaveLength((await stored()).length);
  });
});

test('late events, however many, keep a regime within its longest length and change nothing that was tested', async () => {
  const short = parts({ rules: noRules({ ...detectorOptionsFromText({}), maxRegimeLength: 20 }) });
  const look = async (values: readonly number[], from: number) => {
    const keys = await store(values, from);
    return { keys, ...(await detectSeries(seriesId, keys, short)) };
  };
  const early = await look([1, 1, 1, 1, 1], 1000);
  expect(await look(Array(60).fill(1), 0)).toMatchObject({ tested: 60, late: 0, changePoints: 0 });
  expect(await table.head(seriesId)).toMatchObject({ testedThrough: early.keys.at(-1) });
  const newest = await look([1], 2000);
  expect(newest).toMatchObject({ tested: 1, changePoints: 0, read: 'cold' });
  // Halved at every 20th event: 65 tested ones leave 15.
  expect(newest.regimeLength).toBe(16);
  const head = await table.head(seriesId);
  expect(head).toMatchObject({ testedThrough: newest.keys[0], regimeAfter: expect.any(String) });
  expect((await look([1], 3000)).read).toBe('warm');
});

describe('a remembered regime', () => {
  /** Parts that write down how many events are read from the table. */
  function countingParts() {
    const plain = parts();
    const reads: number[] = [];
    const events: DetectorParts['events'] = {
      async *read(...range) {
        let count = 0;
        for await (const page of plain.events.read(...range)) {
          count += page.length;
          yield page;
        }
        reads.push(count);
      },
      async readNewest(...range) {
        const newest = await plain.events.readNewest(...range);
        reads.push(newest?.events.length ?? 0);
        return newest;
      },
    };
    return { reads, parts: { ...plain, events } };
  }

  test('is gone on with: only what is new is read', async () => {
    const { reads, parts } = countingParts();
    await detectSeries(seriesId, await store(rise.slice(0, 10)), parts);
    await detectSeries(seriesId, await store(rise.slice(10, 15), 10), parts);
    expect(reads).toEqual([10, 5]);
  });

  test('is read anew if a late event comes', async () => {
    const { reads, parts } = countingParts();
    const keys = await store(rise.slice(0, 15));
    await detectSeries(seriesId, keys, parts);
    const arrived = [...(await store([1], 4.5)), ...(await store([0], 15))];
    reads.length = 0;
    await detectSeries(seriesId, arrived, parts);
    expect(Math.max(...reads)).toBe(17);
  });

  test('goes on from where another instance left the series: only what came since is read', async () => {
    const { reads, parts: remembering } = countingParts();
    await detectSeries(seriesId, await store(rise.slice(0, 15)), remembering);
    await detectSeries(seriesId, await store([0], 15), parts());
    const arrived = await store([0], 16);
    reads.length = 0;
    const look = await detectSeries(seriesId, arrived, remembering);
    expect(reads).toEqual([2]);
    expect(look).toMatchObject({ read: 'warm', regimeLength: 17, tested: 1, again: 0 });
  });

  test('goes on across resets of another instance, at a change point and at a set point', async () => {
    for (const { maxRegimeLength } of [{ maxRegimeLength: 10_000 }, { maxRegimeLength: 24 }]) {
      const rules = noRules({ ...detectorOptionsFromText({}), maxRegimeLength });
      const { reads, parts: remembering } = countingParts();
      seriesId = `series ${++count}`;
      await detectSeries(seriesId, await store(rise.slice(0, 15)), { ...remembering, rules });
      await detectSeries(seriesId, await store(rise.slice(15), 15), { ...parts(), rules });
      const arrived = await store([10], 40);
      reads.length = 0;
      const look = await detectSeries(seriesId, arrived, { ...remembering, rules });
      expect(look.read).toBe('warm');
      // The 26 that came since, and those that the reset names of what is remembered.
      expect(reads.reduce((sum, read) => sum + read, 0)).toBeLessThanOrEqual(28);
      const whole = await detectSeries(seriesId, await store([10], 41), { ...parts(), rules });
      expect(whole.regimeLength).toBe((look.regimeLength ?? 0) + 1);
    }
  });

  test('leaves none of its chunks when it ends', async () => {
    const limits = { chunkPoints: 4, newestPoints: 2, leastLifeMs: Number.NEGATIVE_INFINITY };
    const remembering = parts({ regimeLimits: { ...regimeLimits, ...limits } });
    const chunksAfter = async (values: readonly number[], from: number) => {
      const look = await detectSeries(seriesId, await store(values, from), remembering);
      return { read: look.read, chunks: (await remembering.chunks.read(seriesId)).chunks.length };
    };
    expect(await chunksAfter(rise.slice(0, 20), 0)).toEqual({ read: 'cold', chunks: 4 });
    expect(await chunksAfter(rise.slice(20, 28), 20)).toEqual({ read: 'warm', chunks: 0 });
    expect(await stored()).toHaveLength(1);
  });

  test('is kept when its events are told again, and what others remember is not', async () => {
    const { reads, parts: remembering } = countingParts();
    const other = parts();
    const keys = await store(rise.slice(0, 15));
    await detectSeries(seriesId, keys.slice(0, 14), other);
    await detectSeries(seriesId, keys, remembering);
    reads.length = 0;
    await detectSeries(seriesId, keys.slice(10), remembering);
    expect(reads).toEqual([5]);
    const next = await store([0], 15);
    reads.length = 0;
    expect(await detectSeries(seriesId, next, remembering)).toMatchObject({ read: 'warm' });
    expect(reads).toEqual([1]);
    expect(await detectSeries(seriesId, await store([1], 16), other)).toMatchObject({ read: 'cold' });
  });

  test('does not hide that a value was changed in its midst', async () => {
    const { reads, parts } = countingParts();
    const keys = await store(rise.slice(0, 15));
    await detectSeries(seriesId, keys, parts);
    await detectSeries(seriesId, await store([2], 4), parts);
    reads.length = 0;
    await detectSeries(seriesId, await store([0], 15), parts);
    expect(reads).toEqual([16]);
  });

  test('does not make events late when the series is tested from its start again', async () => {
    const { parts } = countingParts();
    const keys = await store([...rise, ...rise]);
    await detectSeries(seriesId, keys, parts);
    const sortKeys = ['HEAD', ...(await stored()).map(({ eventKey: key }) => `CP#${key}`)];
    for (const sortKey of sortKeys) {
      const Key = { seriesId: { S: seriesId }, sortKey: { S: sortKey } };
      await backend.clients.dynamoDb.send(new DeleteItemCommand({ TableName: names.changePointsTable, Key }));
    }
    const again = await detectSeries(seriesId, keys.slice(0, 40), parts);
    expect(again).toMatchObject({ tested: 40, late: 0, changePoints: 1 });
    expect(await stored()).toHaveLength(1);
  });

  test('is forgotten after a failure', async () => {
    const { reads, parts } = countingParts();
    const keys = await store(rise);
    await detectSeries(seriesId, keys.slice(0, 15), parts);
    await expect(
      detectSeries(seriesId, keys.slice(15), { ...parts, changePoints: { ...table, store: crash } }),
    ).rejects.toThrow();
    reads.length = 0;
    await detectSeries(seriesId, keys.slice(15), parts);
    expect(await stored()).toHaveLength(1);
    expect(published).toHaveLength(1);
  });
});

describe('a series may have options of its own', () => {
  const setOptions = (
    options: Record<string, { N: string }>,
    version: { version?: { N: string } } = { version: { N: '1' } },
  ) =>
    backend.clients.dynamoDb.send(
      new PutItemCommand({
        TableName: names.changePointsTable,
        Item: {
          seriesId: { S: seriesId },
          sortKey: { S: 'HEAD' },
          ...version,
          options: { M: options },
        },
      }),
    );

  test.each([
    ['with a version', { version: { N: '1' } }],
    ['with none', {}],
  ])(
    "set before its first event, %s: they replace the service's where given, and are kept",
    async (_, version) => {
      await setOptions({ practicalThreshold: { N: '5' } }, version);
      await detectSeries(seriesId, await store(rise), parts());
      expect((await stored())[0]?.options).toMatchObject({ practicalThreshold: 5, alpha: 0.01 });
      expect((await table.head(seriesId)).options).toEqual({ practicalThreshold: 5 });
    },
  );

  test.each([
    [{ alpha: { N: '7' } }, 'alpha must be a number greater than 0 and less than 1, got 7'],
    [
      { maxRegimeLength: { N: '1000000' } },
      'maxRegimeLength must be an integer from 2 · startup (10) to 100000 in the service, got 1000000',
    ],
  ])('which, if they break a rule, are reported and not used: %j', async (options, message) => {
    await setOptions(options);
    const { optionsError } = await detectSeries(seriesId, await store(rise), parts());
    expect(optionsError?.message).toBe(message);
    expect((await stored())[0]?.options).toMatchObject({ alpha: 0.01, maxRegimeLength: 10_000 });
  });
});

test('a regime is read whole once, and then remembered', async () => {
  const remembering = parts();
  const keys = await store(rise.slice(0, 20));
  expect(await detectSeries(seriesId, keys.slice(0, 19), remembering)).toMatchObject({
    read: 'cold',
    regimeLength: 19,
    newest: keys[18],
  });
  expect(await detectSeries(seriesId, keys.slice(19), remembering)).toMatchObject({
    read: 'warm',
    regimeLength: 20,
    newest: keys[19],
  });
  expect(await detectSeries(seriesId, keys, remembering)).not.toHaveProperty('read');
});

describe('one test ends at each event', () => {
  test('also when the options change: no old reading becomes a change point then', async () => {
    const strict = parts({ rules: noRules(detectorOptionsFromText({ alpha: '1e-9' })) });
    const keys = await store(rise);
    await detectSeries(seriesId, keys, strict);
    expect(await stored()).toEqual([]);
    await detectSeries(seriesId, await store([10], 40), parts());
    expect((await stored()).map(({ detectedAt }) => Date.parse(detectedAt) / 1000)).toEqual([40]);
  });

  test('also when the oldest events have expired', async () => {
    const keys = await store(rise);
    await detectSeries(seriesId, keys, parts({ rules: noRules(detectorOptionsFromText({ alpha: '1e-9' })) }));
    for (const key of keys.slice(0, 10)) {
      await backend.clients.dynamoDb.send(
        new DeleteItemCommand({
          TableName: names.eventsTable,
          Key: { seriesId: { S: seriesId }, eventKey: { S: key } },
        }),
      );
    }
    await detectSeries(seriesId, await store([10], 40), parts());
    expect(await stored()).toMatchObject([
      { detectedAt: new Date(40_000).toISOString(), before: { count: 10 } },
    ]);
  });
});

describe('a wave of many events', () => {
  const waveOf = (keys: readonly string[]): Wave => ({
    closing: keys.at(-1) ?? '',
    oldest: keys[0] ?? '',
    count: keys.length,
  });

  test('is news of all of them by its closing one', async () => {
    const keys = await store(rise);
    const look = await detectWaves(seriesId, [waveOf(keys)], parts());
    expect(look).toMatchObject({ tested: 40, again: 0, late: 0, changePoints: 1, newest: keys.at(-1) });
  });

  test('that holds an event of the regime makes it be read anew, whatever else it holds', async () => {
    const remembering = parts();
    await detectWaves(seriesId, [waveOf(await store(rise.slice(0, 10)))], remembering);
    const corrected = await store([2], 4);
    const wave = waveOf([...corrected, ...(await store([0], 10))]);
    expect(await detectWaves(seriesId, [wave], remembering)).toMatchObject({
      read: 'cold',
      tested: 2,
      again: 1,
      late: 0,
    });
  });

  test.each([
    ['all before the regime', [-5, -4], { tested: 0, late: 2 }],
    ['on both sides of its start', [-5, 40], { tested: 1, late: 1 }],
  ])('%s is counted', async (_, times, counts) => {
    await detectWaves(seriesId, [waveOf(await store(rise))], parts());
    const keys = (await Promise.all(times.map((time) => store([10], time)))).flat();
    expect(await detectWaves(seriesId, [waveOf(keys)], parts())).toMatchObject({ ...counts, again: 0 });
  });
});

test('the longest event id that is taken makes a change point', async () => {
  const eventId = 'x'.repeat(996);
  const writer = eventWriter(dynamoClient(backend.environment), names.eventsTable, 3600, realBackoff);
  const events = rise.map((value, index) => ({ seriesId, timestamp: index, value, eventId }));
  for (let start = 0; start < events.length; start += 25) await writer.write(events.slice(start, start + 25));
  await detectSeries(seriesId, events.map(eventKey), parts());
  expect(await stored()).toHaveLength(1);
});

describe('an event out of order', () => {
  test('within the regime joins the tests', async () => {
    const values = rise.filter((_, index) => index !== 10);
    const keys = [...(await store(values.slice(0, 10))), ...(await store(values.slice(10), 11))];
    await detectSeries(seriesId, keys.slice(0, 20), parts());
    const late = await store([1], 10);
    expect(await detectSeries(seriesId, late, parts())).toMatchObject({ tested: 1, late: 0 });
    await detectSeries(seriesId, keys.slice(20), parts());
    expect((await stored())[0]?.before.count).toBe(20);
  });

  test('before the regime is counted and changes nothing', async () => {
    await detectSeries(seriesId, await store(rise), parts());
    const before = await stored();
    const late = await store([100], -5);
    expect(await detectSeries(seriesId, late, parts())).toEqual({
      tested: 0,
      again: 0,
      late: 1,
      changePoints: 0,
    });
    expect(await stored()).toEqual(before);
  });
});
