import type { DetectorOptions } from '@aed/core';
import type { AttributeValue } from 'aws-lambda';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dynamoClient } from '../../../lambda/clients.ts';
import { detectSeries } from '../../../lambda/detector/detect-series.ts';
import { RememberedRegimes } from '../../../lambda/detector/remembered-regimes.ts';
import { retractUnfounded } from '../../../lambda/detector/retract-unfounded.ts';
import { eventKey } from '../../../lambda/event.ts';
import { publishPending } from '../../../lambda/notify/publish-pending.ts';
import { regimeLimits } from '../../../lambda/regime/regime-limits.ts';
import { pendingChangePoints } from '../../../lambda/tables/pending-change-points.ts';
import { waveOfAmendments } from '../../../lambda/tables/wave.ts';
import { names } from '../../../local/resources.ts';
import { newWorld, seriesId } from './interleavings/world.ts';

const day = 24 * 3600 * 1000;
const start = Date.parse('2026-01-01T00:00:00Z');

/** A series whose readings were tested, and what can be done to it by hand. */
async function tested(
  values: readonly number[],
  options: DetectorOptions = {},
  before: () => Promise<void> = async () => {},
) {
  let now = start;
  const world = newWorld({ maxRegimeLength: 10_000, ...options }, () => new Date(now), before);
  const parts = {
    ...world.parts,
    remembered: new RememberedRegimes(regimeLimits, Math.random),
    regimeLimits,
  };
  const partition = world.tables.partition(names.eventsTable, seriesId);
  const itemOf = (key: string, value: number) => ({
    seriesId: { S: seriesId },
    eventKey: { S: key },
    value: { N: String(value) },
    expiresAt: { N: String((start + day) / 1000) },
  });
  const keys = values.map((value, index) => {
    const key = eventKey({ timestamp: start + index * 1000, eventId: 'e' });
    partition.put(itemOf(key, value));
    return key;
  });
  const [oldest = '', closing = ''] = [keys.at(0), keys.at(-1)];
  await detectSeries(seriesId, [{ closing, oldest, count: keys.length }], parts);
  await world.publish();
  return {
    world,
    keys,
    parts,
    changePoints: () => world.items.filter(({ sortKey }) => sortKey?.S?.startsWith('CP#')),
    wait(milliseconds: number) {
      now += milliseconds;
    },
    /** What the detector does with the news of it. @param value - none to delete the events */
    async amend(amended: readonly string[], value?: number) {
      for (const key of amended) {
        if (value === undefined) partition.delete({ seriesId: { S: seriesId }, eventKey: { S: key } });
        else partition.put(itemOf(key, value));
      }
      await detectSeries(seriesId, waveOfAmendments(amended), parts);
      const retracted = await retractUnfounded(seriesId, amended, parts);
      return retracted;
    },
  };
}

/** Up at reading 20, and down again at reading 40. */
const upAndDown = Array.from({ length: 60 }, (_, index) => (index >= 20 && index < 40 ? 9 : 0) + (index % 3));

test.each<[string, number | undefined]>([
  ['deleted', undefined],
  ['corrected', 1],
])(
  'a change point that nothing shows any more is retracted and told once: its readings were %s',
  async (_, value) => {
    const { world, keys, amend, changePoints } = await tested(upAndDown);
    const [up = '', down = ''] = world.published;
    expect(world.published).toEqual([up, down]);
    expect(await amend(keys.slice(20, 40), value)).toBe(2);
    await world.publish();
    expect(world.published).toEqual([up, down, `${up} retracted`, `${down} retracted`]);
    for (const item of changePoints()) {
      expect(item).toMatchObject({ retractedAt: { S: expect.any(String) }, publishedAt: expect.anything() });
      expect(item).not.toHaveProperty('pendingSince');
      expect(item).not.toHaveProperty('claimedBy');
    }
    expect(await amend(keys.slice(0, 60), value)).toBe(0);
  },
);

test('a change point stands as long as what is left shows it, if only some readings later', async () => {
  const { world, keys, amend } = await tested(upAndDown);
  expect(await amend(keys.slice(22, 25))).toBe(0);
  expect(await amend(keys.slice(3, 6), 1)).toBe(0);
  await world.publish();
  expect(world.published).toHaveLength(2);
});

test('only change points of which a reading was touched are tested anew', async () => {
  const { keys, parts, changePoints } = await tested(upAndDown);
  const [up, down] = changePoints().map(({ eventKey }) => eventKey?.S);
  const looked: string[] = [];
  const events: typeof parts.events = {
    ...parts.events,
    read(...range) {
      looked.push(range[2]);
      return parts.events.read(...range);
    },
  };
  await retractUnfounded(seriesId, keys.slice(5, 6), { ...parts, events });
  expect(looked.splice(0)).toEqual([up]);
  await retractUnfounded(seriesId, keys.slice(-1), { ...parts, events });
  expect(looked.splice(0)).toEqual([down]);
  await retractUnfounded(seriesId, keys, { ...parts, events });
  expect(looked).toEqual([up, down]);
});

test.each<[string, (keys: readonly string[]) => readonly string[]]>([
  ['from the first', (keys) => keys],
  ['from the last', (keys) => keys.toReversed()],
])('readings that are corrected one by one, %s, retract what all at once do', async (_, inOrder) => {
  const { keys, amend, world } = await tested(upAndDown);
  let retracted = 0;
  for (const key of inOrder(keys.slice(20, 40))) retracted += await amend([key], keys.indexOf(key) % 3);
  expect(retracted).toBe(2);
  await world.publish();
  await world.sweep();
  expect(new Set(world.published).size).toBe(4);
});

test('a change point that was found after the HEAD was deleted is retracted, though an older one rests on newer readings', async () => {
  const steps = Array.from({ length: 120 }, (_, index) => (index < 40 ? 0 : index < 80 ? 3 : 12));
  const { world, keys, amend, parts, changePoints } = await tested(
    steps.map((level, index) => level + ((index * 7) % 5) / 4),
  );
  world.deleteHead();
  world.setOptions(`SERIES#${seriesId}`, { practicalThreshold: 6, alpha: 0.0005 });
  const [oldest = '', closing = ''] = [keys.at(0), keys.at(-1)];
  await detectSeries(seriesId, [{ closing, oldest, count: keys.length }], parts);
  const startsOf = () =>
    changePoints().map(({ grounds, retractedAt }) => [grounds?.M?.after?.S, retractedAt !== undefined]);
  expect(startsOf()).toEqual([
    [undefined, false],
    [keys[47], false],
    [undefined, false],
  ]);
  expect(await amend(keys.slice(0, 41), 12)).toBe(2);
  expect(startsOf()).toEqual([
    [undefined, true],
    [keys[47], false],
    [undefined, true],
  ]);
});

test('of many change points after those that may rest on an event only the next ones are read', async () => {
  const { keys, parts } = await tested(upAndDown);
  let read = 0;
  async function* knownAround() {
    for await (const down of parts.changePoints.knownAround(seriesId, keys.at(-1) ?? ''))
      for (; read < 1000; read++) yield down;
  }
  const changePoints = { ...parts.changePoints, knownAround };
  expect(await retractUnfounded(seriesId, keys.slice(0, 3), { ...parts, changePoints })).toBe(0);
  expect(read).toBeGreaterThan(10);
  expect(read).toBeLessThan(20);
});

test('a change point stands when readings of its regime must have expired: nobody can tell', async () => {
  const { keys, amend, wait } = await tested(upAndDown);
  wait(2 * day);
  expect(await amend(keys.slice(20, 40))).toBe(0);
});

test('one that is retracted while it is being published is told of again', async () => {
  const { world, keys, amend, parts } = await tested(upAndDown.slice(0, 40));
  const { requestHandler } = world.tables;
  const client = dynamoClient(
    { AWS_REGION: 'x', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' },
    requestHandler === undefined ? {} : { requestHandler },
  );
  const pending = pendingChangePoints(client, names.changePointsTable);
  const [item] = world.items.filter(({ sortKey }) => sortKey?.S?.startsWith('CP#'));
  const name = { seriesId, eventKey: item?.eventKey?.S ?? '' };
  world.tables.partition(names.changePointsTable, seriesId).put({ ...item, pendingSince: { S: 'now' } });
  const told: (string | undefined)[] = [];
  const publish = (meanwhile: () => Promise<unknown>) =>
    publishPending(name, {
      ...parts,
      pending,
      onSetAside() {},
      notifier: {
        async publish({ retractedAt }) {
          told.push(retractedAt);
          await meanwhile();
        },
      },
    });
  expect(await publish(() => amend(keys.slice(20, 40)))).toBe('published');
  expect(await publish(async () => {})).toBe('published');
  expect(await publish(async () => {})).toBe('not pending');
  expect(told).toEqual([undefined, '2026-01-01T00:00:00.000Z']);
});

test('a crash at any call loses no retraction, and tells it twice only if it fell between telling and marking', async () => {
  let calls = Number.POSITIVE_INFINITY;
  let crashes = 0;
  for (let at = 0; at === crashes; at++) {
    calls = Number.POSITIVE_INFINITY;
    const { world, keys, amend } = await tested(upAndDown.slice(0, 36), {}, async () => {
      if (calls-- === 0) throw new Error('the function died');
    });
    const [up] = world.published;
    calls = at;
    const work = async () => {
      await amend(keys.slice(20));
      await world.publish();
    };
    await work().catch(() => crashes++);
    calls = Number.POSITIVE_INFINITY;
    // As Lambda repeats the batch, and as the sweeper publishes what is pending.
    await work();
    await world.sweep();
    const told = world.published.filter((one) => one === `${up} retracted`);
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThan(3);
    expect(world.items.filter(({ pendingSince }) => pendingSince !== undefined)).toEqual([]);
  }
  expect(crashes).toBeGreaterThan(6);
});

const options: fc.Arbitrary<DetectorOptions> = fc.oneof(
  fc.record({
    alpha: fc.constantFrom(0.01, 0.2),
    restart: fc.constantFrom('detection' as const, 'change' as const),
    maxRegimeLength: fc.constantFrom(30, 10_000),
  }),
  fc.record({
    statistic: fc.constant('scan' as const),
    falseAlarmEvery: fc.constantFrom(100, 1000),
    practicalThreshold: fc.constantFrom(0, 1),
    restart: fc.constantFrom('detection' as const, 'change' as const),
  }),
);

test('untouched readings never retract anything: the same test gives the same answer', async () => {
  const levels = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 5, max: 40 })), {
    minLength: 2,
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(levels, options, async (runs, given) => {
      const values = runs.flatMap(([level, count]) =>
        Array.from({ length: count }, (_, index) => level + ((index * 7) % 5) / 4),
      );
      const { keys, parts } = await tested(values, given);
      expect(await retractUnfounded(seriesId, keys, parts)).toBe(0);
    }),
    { numRuns: 8 },
  );
});

test.each<[string, Record<string, AttributeValue | undefined>]>([
  ['no event key', { eventKey: undefined }],
  ['a number for its event key', { eventKey: { N: '1' } }],
  ['no key of its first reading', { changedEventKey: undefined }],
  ['options of another form', { options: { S: 'x' } }],
  ['options that are none', { options: { M: { alpha: { N: '7' } } } }],
  ['no options', { options: undefined }],
  ['no level before', { before: undefined }],
  ['null for its level before', { before: { NULL: true } }],
  ['null for its grounds', { grounds: { NULL: true } }],
  ['a text for its grounds', { grounds: { S: 'x' } }],
  ['a number for where its regime starts', { grounds: { M: { after: { N: '1' } } } }],
  ['a text for when its regime expires', { grounds: { M: { expiresAt: { S: 'x' } } } }],
])('a change point whose item is damaged stands, and holds up no other one: %s', async (_, damage) => {
  const { world, keys, amend, changePoints } = await tested(upAndDown);
  const [up] = changePoints();
  const item = Object.entries({ ...up, ...damage }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  world.tables.partition(names.changePointsTable, seriesId).put(Object.fromEntries(item));
  expect(await amend(keys.slice(20, 40), 1)).toBe(1);
  expect(changePoints().map((one) => one.retractedAt !== undefined)).toEqual([false, true]);
});
