import { Agent } from 'node:http';
import { resolveOptions } from '@aed/core';
import {
  type AttributeValue,
  DeleteItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { regimeLimits } from '../../../lambda/regime/regime-limits.ts';
import { names } from '../../../local/resources.ts';
import { readChangePoints } from '../../../local/stored.ts';
import { useBackend } from '../../use/backend.ts';
import type { Aftermath } from './aftermath.ts';
import { schedules } from './arbitrary-schedule.ts';
import { probe } from './late-series.ts';
import { keyOf } from './producer.ts';
import { runSchedule } from './run-schedule.ts';
import type { PutRecord, Schedule } from './schedule.ts';
import { judge } from './verdict.ts';

const backend = useBackend();
const agent = new Agent({ keepAlive: true });

afterAll(() => agent.destroy());

const wholeSeries: PutRecord = {
  series: 0,
  events: 42,
  beside: 0,
  poisoned: false,
  aggregated: false,
  twice: false,
};

/** Two changes, no faults. */
const quiet: Schedule = {
  options: resolveOptions({ alpha: 0.05, startup: 4, window: 0, maxRegimeLength: 40 }),
  series: [[0, 3, 0].map((level) => ({ level, length: 14 }))],
  late: false,
  steps: [{ kind: 'put', records: [{ ...wholeSeries, poisoned: true }] }],
  eager: false,
  recorderFaults: [],
  detectorFaults: [],
  sweeperFaults: [],
  digestFaults: [],
  recorderBatchSize: 10,
  waveSizes: [250],
  detectorBatchSize: 10,
  detectorRetries: 10,
  recorderParallelization: 1,
  detectorParallelization: 1,
  regimeLimits: { ...regimeLimits, chunkPoints: 5, newestPoints: 2 },
};

let run = 0;
const runAndJudge = async (schedule: Schedule) => {
  const aftermath = await runSchedule(schedule, { backend, agent, run: `verdict-${++run}` });
  return { aftermath, verdict: await judge(schedule, aftermath, backend) };
};

test('a few runs with faults go well, as many do in the campaign', async () => {
  let changePoints = 0;
  await fc.assert(
    fc.asyncProperty(schedules, async (schedule) => {
      const { verdict } = await runAndJudge(schedule);
      changePoints += verdict.changePoints;
      expect(verdict.wrong).toEqual([]);
    }),
    { numRuns: 3, seed: 2 },
  );
  expect(changePoints).toBeGreaterThan(0);
});

test('what stays unprocessed until the recorder gives up comes with a retry, however many share its call', async () => {
  const { verdict } = await runAndJudge({
    ...quiet,
    steps: [{ kind: 'put', records: [{ ...wholeSeries, events: 6, beside: 26, aggregated: true }] }],
    recorderFaults: [
      { target: 'write', after: 1, times: 3 * processingLimits.writeAttempts, kind: 'unprocessed' },
    ],
  });
  expect(verdict).toMatchObject({ wrong: [], events: 6 + 26, unprocessed: 2 });
});

test('late events are stored, tested and published as others are', async () => {
  const records = [12, 12, 12, 6].map((events) => ({ ...wholeSeries, events, beside: 2 }));
  const schedule: Schedule = { ...quiet, late: true, eager: true, steps: [{ kind: 'put', records }] };
  const { aftermath, verdict } = await runAndJudge(schedule);
  expect(verdict).toMatchObject({ wrong: [], events: 42 + probe.length + 2 * 4 });
  expect(verdict.changePoints).toBeGreaterThan(0);
  const [late] = aftermath.producer.produced;
  const arrived = aftermath.arrived.filter(({ seriesId }) => seriesId === late?.seriesId);
  expect(arrived.findLast(({ eventKey }) => eventKey <= keyOf(41))?.eventKey).toBe(keyOf(41));
  expect(aftermath.probes).toMatchObject([{ expected: [{ eventKey: expect.any(String) }] }]);
});

type Damage = (aftermath: Aftermath, seriesId: string) => Aftermath | Promise<Aftermath>;

const key = (seriesId: string, sortKey: string) => ({ seriesId: { S: seriesId }, sortKey: { S: sortKey } });

/** Damage in a table, by an update of an item, or without one by its removal. */
function inTable(
  TableName: string,
  keyOfItem: (seriesId: string) => Record<string, AttributeValue> | Promise<Record<string, AttributeValue>>,
  update?: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>,
): Damage {
  return async (aftermath, seriesId) => {
    const Key = await keyOfItem(seriesId);
    const { dynamoDb } = backend.clients;
    if (update === undefined) await dynamoDb.send(new DeleteItemCommand({ TableName, Key }));
    else await dynamoDb.send(new UpdateItemCommand({ TableName, Key, ...update }));
    return aftermath;
  };
}

/** The key of the first change point of a series. */
async function firstFound(seriesId: string) {
  const found = (await readChangePoints(backend.clients)).find((one) => one.seriesId === seriesId);
  if (found === undefined) throw new Error(`${seriesId} has no change point`);
  return key(seriesId, `CP#${found.eventKey}`);
}

const count = { M: { count: { N: '1' } } };

const damages: readonly (readonly [string, RegExp, Damage])[] = [
  [
    'an event is lost',
    /^events of .+ is missing$/,
    inTable(names.eventsTable, (seriesId) => ({ seriesId: { S: seriesId }, eventKey: { S: keyOf(3) } })),
  ],
  [
    'an event has another value',
    /^events of .+ is (missing|unexpected)$/,
    inTable(names.eventsTable, (seriesId) => ({ seriesId: { S: seriesId }, eventKey: { S: keyOf(3) } }), {
      UpdateExpression: 'SET #value = :other',
      ExpressionAttributeNames: { '#value': 'value' },
      ExpressionAttributeValues: { ':other': { N: '7' } },
    }),
  ],
  [
    'an event expires at another time',
    /^events of .+ is (missing|unexpected)$/,
    inTable(names.eventsTable, (seriesId) => ({ seriesId: { S: seriesId }, eventKey: { S: keyOf(3) } }), {
      UpdateExpression: 'SET expiresAt = :other',
      ExpressionAttributeValues: { ':other': { N: '1' } },
    }),
  ],
  [
    'a change point has another superiority',
    /^change points of .+ is (missing|unexpected)$/,
    inTable(names.changePointsTable, firstFound, {
      UpdateExpression: 'SET superiority = :other',
      ExpressionAttributeValues: { ':other': { N: '0.123' } },
    }),
  ],
  [
    'a test is left out',
    / must be tested through .+, got .+$/,
    inTable(names.changePointsTable, (seriesId) => key(seriesId, 'HEAD'), {
      UpdateExpression: 'SET testedThrough = :other',
      ExpressionAttributeValues: { ':other': { S: keyOf(3) } },
    }),
  ],
  [
    'what was published is no change point',
    /^nobody's .+ was published, but is not a change point$/,
    ({ log, ...aftermath }) => ({
      ...aftermath,
      log: log.flatMap((call) =>
        call.target === 'publish'
          ? [call, { ...call, subjects: [], effective: [`nobody's ${keyOf(3)}`] }]
          : [call],
      ),
    }),
  ],
  [
    'what is in quarantine is not what was put',
    /^quarantine: .+ is (missing|unexpected)$/,
    async (aftermath) => {
      const [{ name } = { name: '' }] = aftermath.producer.poisoned;
      const Key = `quarantine/${name}.json`;
      const { s3 } = backend.clients;
      await s3.send(new PutObjectCommand({ Bucket: aftermath.bucketName, Key, Body: '{}' }));
      return aftermath;
    },
  ],
  [
    'a change point is lost',
    /^change points of .+ is missing$/,
    inTable(names.changePointsTable, firstFound),
  ],
  [
    'there is one change point too many',
    /^change points of .+ is unexpected$| undefined (was never|is not marked as) published$/,
    inTable(names.changePointsTable, (seriesId) => key(seriesId, 'CP#9'), {
      UpdateExpression: 'SET #before = :count, #after = :count',
      ExpressionAttributeNames: { '#before': 'before', '#after': 'after' },
      ExpressionAttributeValues: { ':count': count },
    }),
  ],
  [
    'a change point is not marked as published',
    / is not marked as published$/,
    inTable(names.changePointsTable, firstFound, { UpdateExpression: 'REMOVE publishedAt' }),
  ],
  [
    'a change point stays pending',
    / still has a pending change point$/,
    inTable(names.changePointsTable, (seriesId) => key(seriesId, 'HEAD'), {
      UpdateExpression: 'SET pending = :count',
      ExpressionAttributeValues: { ':count': count },
    }),
  ],
  [
    'a claim is left',
    /^change points of .+ is (missing|unexpected)$/,
    inTable(names.changePointsTable, firstFound, {
      UpdateExpression: 'SET claimedBy = :by',
      ExpressionAttributeValues: { ':by': { S: 'someone' } },
    }),
  ],
  [
    'the change points were published in another order',
    / was published after a later change point of its series$/,
    ({ log, ...aftermath }) => {
      const published = log.filter(({ target }) => target === 'publish');
      const reversed = log.map((call) => (call.target === 'publish' ? (published.pop() ?? call) : call));
      return { ...aftermath, log: reversed };
    },
  ],
  [
    'a batch failed because its publishing did',
    /^a batch of detector \d+ failed because of its publishing$/,
    ({ log, detections, ...aftermath }) => ({
      ...aftermath,
      log: log.map((call) => (call.target === 'publish' ? { ...call, fault: 'refused' as const } : call)),
      detections: detections.map((detection) => ({
        ...detection,
        result: { batchItemFailures: [{ itemIdentifier: '1' }] },
      })),
    }),
  ],
  [
    'no change point was published',
    / was never published$/,
    (aftermath) => ({ ...aftermath, log: aftermath.log.filter(({ target }) => target !== 'publish') }),
  ],
  [
    'each change point was published twice',
    / was published 2 times, without a crash$/,
    ({ log, ...aftermath }) => ({ ...aftermath, log: log.flatMap((call) => [call, call]) }),
  ],
  [
    'each change point was published again by a later invocation',
    / was published 2 times, without a crash$/,
    ({ log, ...aftermath }) => ({
      ...aftermath,
      log: log.flatMap((call) =>
        call.target === 'publish' ? [call, { ...call, invocation: call.invocation + 1000 }] : [call],
      ),
    }),
  ],
  [
    'a sweep left something pending',
    /^s had a pending change point after a sweep$/,
    (aftermath) => ({ ...aftermath, notSwept: ['s'] }),
  ],
  [
    'an event was told before an older one was stored',
    / was told before .+ was stored$| was changed and not told$/,
    (aftermath) => ({ ...aftermath, arrived: aftermath.arrived.toReversed() }),
  ],
  [
    'events were not told',
    / was changed and not told$/,
    ({ arrived, ...aftermath }) => ({
      ...aftermath,
      arrived: arrived.map(({ wave, ...others }) => others),
    }),
  ],
  [
    'people were told of nothing',
    /^people were not told of /,
    ({ people, ...aftermath }) => ({ ...aftermath, people: { ...people, tellings: [] } }),
  ],
  [
    'people were told again',
    / again, without a crash$/,
    ({ people, ...aftermath }) => ({
      ...aftermath,
      people: { ...people, tellings: people.tellings.flatMap((one) => [one, one]) },
    }),
  ],
  [
    'a message of the topic did not come to the digest',
    /^the topic carried 2 messages, and 1 came to the digest$/,
    ({ people, ...aftermath }) => ({ ...aftermath, people: { ...people, came: people.came.slice(1) } }),
  ],
  [
    'a record was given up',
    /^1 records of the stream were given up$/,
    (aftermath) => ({ ...aftermath, discarded: 1 }),
  ],
  [
    'nothing is in quarantine',
    /^quarantine: .+ is missing$/,
    (aftermath) => ({ ...aftermath, bucketName: names.quarantineBucket }),
  ],
  // The last one: what is pending is published by the sweeps of the runs after it.
  [
    'a change point still waits to be published',
    / still waits to be published$/,
    inTable(names.changePointsTable, firstFound, {
      UpdateExpression: 'SET pendingSince = :since',
      ExpressionAttributeValues: { ':since': { S: '2026-01-01T00:00:00.000Z' } },
    }),
  ],
];

test.each(damages)('the verdict tells when %s', async (_, wrong, damage) => {
  const { aftermath, verdict } = await runAndJudge(quiet);
  expect(verdict).toEqual({
    wrong: [],
    events: 42,
    changePoints: 2,
    publishedTwice: 0,
    messages: 2,
    brokenMessages: 0,
    retracted: 0,
    unprocessed: 0,
    chunked: 1,
  });
  const damaged = await damage(aftermath, aftermath.producer.produced[0]?.seriesId ?? '');
  const judged = await judge(quiet, damaged, backend);
  expect(judged.wrong.length).toBeGreaterThan(0);
  expect(judged.wrong.filter((one) => !wrong.test(one))).toEqual([]);
});
