import { Agent } from 'node:http';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { detectorHandler } from '../../../lambda/detector/detector.ts';
import { sweeperHandler } from '../../../lambda/notify/sweeper.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { recorderHandler } from '../../../lambda/recorder/recorder.ts';
import type { Environment } from '../../../lambda/settings.ts';
import { realSurroundings, type Surroundings } from '../../../lambda/surroundings.ts';
import type { Call } from '../../campaigns/faults/call.ts';
import { startProxy } from '../../campaigns/faults/proxy.ts';
import { changePointItems } from '../../campaigns/faults/what-is-stored.ts';
import { useBackend } from '../../use/backend.ts';
import { kinesisRecord } from '../kinesis-record.ts';

const backend = useBackend();
const agent = new Agent({ keepAlive: true });
let now = Date.UTC(2026, 0, 1);
let count = 0;

let environment: Environment;

beforeAll(() => {
  environment = { ...backend.environment, ALPHA: '0.05', STARTUP: '4', WINDOW: '0' };
});
afterAll(() => agent.destroy());

const surroundings: Surroundings = {
  ...realSurroundings,
  clock: () => new Date(now),
  deadline: () => new AbortController().signal,
  backoff: { wait: async () => {}, random: () => 0 },
  retryStrategy: new ConfiguredRetryStrategy(1, 0),
};
const silent = () => {};
const detectorIn = (environment: Environment) => detectorHandler(environment, silent, surroundings);
const sweeperIn = (environment: Environment) => sweeperHandler(environment, silent, surroundings);

const noTopic = { TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:none' };

/** Records series with two changes each. @returns what the events table's stream has of each */
async function record(many: number): Promise<readonly { seriesId: string; Records: DynamoDBRecord[] }[]> {
  const ids = Array.from({ length: many }, () => `series ${++count}`);
  const from = backend.tableStream.length;
  const values = [0, 9, 0].flatMap((level) => Array.from({ length: 12 }, (_, index) => level + (index % 3)));
  const lines = values.flatMap((value, at) =>
    ids.map((seriesId) => JSON.stringify({ seriesId, timestamp: Date.UTC(2020) + at * 1000, value })),
  );
  await recorderHandler(environment, silent)({ Records: [kinesisRecord('1', lines.join('\n'))] });
  const all = backend.tableStream.read(undefined, Number.POSITIVE_INFINITY).slice(from);
  return ids.map((seriesId) => ({
    seriesId,
    Records: all.filter(({ dynamodb }) => dynamodb.Keys?.seriesId?.S === seriesId),
  }));
}

type Death = 'death before' | 'death after';

/**
 * Runs a function that dies at its n-th call, before or after the call has its effect.
 *
 * @returns the calls that had their effect, and whether it died
 */
async function dying(death: Death, at: number, run: (through: Environment) => Promise<unknown>) {
  const log: Call[] = [];
  const instance = { name: 'dying', alive: true, died: false };
  const proxy = await startProxy(instance, backend.endpoints, agent, {
    fault: () => (log.length === at ? death : undefined),
    async damage() {},
    received: (call) => log.push(call),
    effective() {},
    died() {},
  });
  const { endpoint } = proxy;
  const through = { AWS_ENDPOINT_URL_DYNAMODB: endpoint, AWS_ENDPOINT_URL_SNS: endpoint };
  await run({ ...environment, ...through }).catch(silent);
  await proxy.close();
  return { effective: log.filter((call) => call.effective.length > 0), died: instance.died };
}

/** All that was published since the last call: series and event key, in order. */
async function receive(): Promise<readonly string[]> {
  const QueueUrl = backend.resources.queueUrl;
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
  const found: string[] = [];
  for (;;) {
    const { Messages = [] } = await backend.clients.sqs.send(command);
    if (Messages.length === 0) return found;
    const bodies = Messages.map(({ Body = '' }) => JSON.parse(JSON.parse(Body).Message));
    found.push(...bodies.map(({ seriesId, eventKey }) => `${seriesId} ${eventKey}`));
  }
}

/** Checks that all is published and marked, in order, and twice only what the dead one published and did not mark. */
async function expectOnce(seriesId: string, effective: readonly Call[], published: readonly string[]) {
  const { head, found } = await changePointItems(backend, seriesId);
  expect(head?.pending).toBeUndefined();
  expect(found.map(({ pendingSince, claimedBy }) => pendingSince ?? claimedBy)).toEqual([
    undefined,
    undefined,
  ]);
  expect(found.map(({ publishedAt }) => typeof publishedAt)).toEqual(['string', 'string']);
  const subjectsOf = (target: Call['target']) =>
    effective.filter((call) => call.target === target).flatMap(({ subjects }) => subjects);
  const marked = subjectsOf('mark');
  const twice = subjectsOf('publish').filter((one) => !marked.includes(one));
  const names = found.map(({ eventKey }) => `${seriesId} ${eventKey}`);
  expect(published.filter((one) => one.startsWith(`${seriesId} `))).toEqual(
    names.flatMap((name) => (twice.includes(name) ? [name, name] : [name])),
  );
}

/** More than a detector makes for one series with two changes. */
const mostCalls = 25;

describe.each<Death>(['death before', 'death after'])('%s', (death) => {
  test.each([
    ['whose batch is retried', true],
    ['whose batch is not retried, as far as it came to its end', false],
  ])(
    'any call of a detector %s: nothing is lost, and twice is only what was published and not marked',
    async (_, isRetried) => {
      const series = await record(mostCalls);
      const runs = await Promise.all(
        series.map(async ({ seriesId, Records }, at) => ({
          seriesId,
          Records,
          ...(await dying(death, at, (through) => detectorIn(through)({ Records }))),
        })),
      );
      expect(runs.filter(({ died }) => !died).length).toBeGreaterThan(1);
      for (const { seriesId, Records } of runs) {
        const { head } = await changePointItems(backend, seriesId);
        const isTested = head?.testedThrough === Records.at(-1)?.dynamodb?.Keys?.eventKey?.S;
        if (isTested && !isRetried) continue;
        expect(await detectorIn(environment)({ Records })).toEqual({ batchItemFailures: [] });
      }
      now += processingLimits.claimMs;
      await sweeperIn(environment)();
      const published = await receive();
      for (const { seriesId, effective } of runs) await expectOnce(seriesId, effective, published);
    },
  );

  test('any call of a sweeper', async () => {
    const series = await record(mostCalls);
    let died = true;
    for (const [at, { seriesId, Records }] of series.entries()) {
      if (!died) break;
      await detectorIn({ ...environment, ...noTopic })({ Records });
      expect(
        (await changePointItems(backend, seriesId)).found.filter((one) => one.pendingSince),
      ).toHaveLength(2);
      const run = await dying(death, at, (through) => sweeperIn(through)());
      died = run.died;
      now += processingLimits.claimMs;
      await sweeperIn(environment)();
      await expectOnce(seriesId, run.effective, await receive());
    }
    expect(died).toBe(false);
  });
});
