import {
  type AttributeValue,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { detectorHandler } from '../../lambda/detector/detector.ts';
import type { ReportEntry } from '../../lambda/function-report.ts';
import { recorderHandler } from '../../lambda/recorder/recorder.ts';
import { deploymentLimits } from '../../lib/deployment-limits.ts';
import { type Backend, startBackend } from '../../local/backend.ts';
import { resumeDetection } from '../../local/kept/resume-detection.ts';
import { names } from '../../local/resources.ts';
import { kinesisRecord } from '../lambda/kinesis-record.ts';

let backend: Backend;
let reported: ReportEntry[];

beforeEach(async () => {
  reported = [];
  backend = await startBackend();
});
afterEach(() => backend.close());

const report = (entry: ReportEntry) => void reported.push(entry);
const errors = () => reported.flatMap(({ error }) => (error instanceof Error ? [error.message] : []));
const headKey = (seriesId: string) => ({
  TableName: names.changePointsTable,
  Key: { seriesId: { S: seriesId }, sortKey: { S: 'HEAD' } },
});

const record = (...seriesIds: readonly string[]) => {
  const lines = seriesIds.map((seriesId) =>
    JSON.stringify({ seriesId, timestamp: Date.UTC(2020), value: 1 }),
  );
  return recorderHandler(backend.environment, report)({ Records: [kinesisRecord('1', lines.join('\n'))] });
};

const damage = (seriesId: string, attribute: string, value: AttributeValue) =>
  backend.clients.dynamoDb.send(
    new UpdateItemCommand({
      ...headKey(seriesId),
      UpdateExpression: `SET ${attribute} = :value`,
      ExpressionAttributeValues: { ':value': value },
    }),
  );

async function isTested(seriesId: string): Promise<boolean> {
  const { Item } = await backend.clients.dynamoDb.send(new GetItemCommand(headKey(seriesId)));
  return Item?.testedThrough !== undefined;
}

test('a series whose HEAD has a wrong regimeAfter is told, and the others go on', async () => {
  await record('a', 'bad', 'c');
  await damage('bad', 'regimeAfter', { N: '5' });
  await resumeDetection(backend.clients, detectorHandler(backend.environment, report), report);
  expect(await Promise.all(['a', 'c'].map(isTested))).toEqual([true, true]);
  const told = errors().filter((message) => message.includes('could not go on'));
  expect(told).toEqual([expect.stringMatching(/^bad could not go on/)]);
});

test('a series whose HEAD has a wrong testedThrough is tested, as the others are', async () => {
  await record('a', 'bad');
  await damage('bad', 'testedThrough', { N: '5' });
  await resumeDetection(backend.clients, detectorHandler(backend.environment, report), report);
  const { Item } = await backend.clients.dynamoDb.send(new GetItemCommand(headKey('bad')));
  expect(Item?.testedThrough).toEqual({ S: expect.stringMatching(/^2020/) });
  expect(await isTested('a')).toBe(true);
  expect(errors()).toEqual([]);
});

test('a failure that passes leaves nothing untested', async () => {
  await record('a', 'b');
  const detector = detectorHandler(backend.environment, report);
  let calls = 0;
  await resumeDetection(
    backend.clients,
    async (event) => (++calls < 3 ? { batchItemFailures: [{ itemIdentifier: '0' }] } : await detector(event)),
    report,
  );
  expect(await Promise.all(['a', 'b'].map(isTested))).toEqual([true, true]);
  expect(errors()).toEqual([]);
});

test('a series at which the detector fails each time is told, and the others are tested', async () => {
  await record('a', 'bad', 'c');
  const detector = detectorHandler(backend.environment, report);
  const tried: (readonly unknown[])[] = [];
  await resumeDetection(
    backend.clients,
    async (event) => {
      const series = event.Records.map(({ dynamodb }) => dynamodb?.Keys?.seriesId?.S);
      tried.push(series);
      return series.includes('bad') ? { batchItemFailures: [{ itemIdentifier: '1' }] } : detector(event);
    },
    report,
  );
  expect(await Promise.all(['a', 'bad', 'c'].map(isTested))).toEqual([true, false, true]);
  expect(errors()).toEqual(['bad could not go on with its kept events; they are tested with its next one']);
  const timesOf = (...series: readonly string[]) =>
    tried.filter((one) => [...one].sort().join() === series.join()).length;
  expect([timesOf('a', 'bad', 'c'), timesOf('a'), timesOf('bad'), timesOf('c')]).toEqual([3, 1, 3, 1]);
});

test('who is stopped tests nothing more, and says why', async () => {
  await record('a');
  const reason = new Error('Ctrl-C');
  const stopping = new AbortController();
  let calls = 0;
  const failing = async () => {
    calls++;
    stopping.abort(reason);
    return { batchItemFailures: [{ itemIdentifier: '0' }] };
  };
  const resume = () => resumeDetection(backend.clients, failing, report, stopping.signal);
  await expect(resume()).rejects.toBe(reason);
  await expect(resume()).rejects.toBe(reason);
  expect([calls, errors()]).toEqual([1, []]);
});

test('where nothing is kept, or all is tested, the detector is not called', async () => {
  const called: unknown[] = [];
  const detector = detectorHandler(backend.environment, report);
  const noting: typeof detector = async (event) => {
    called.push(event);
    return { batchItemFailures: [] };
  };
  const resume = () => resumeDetection(backend.clients, noting, report);
  await resume();
  await record('a');
  await resumeDetection(backend.clients, detector, report);
  await resume();
  expect([called, errors()]).toEqual([[], []]);
});

test('the detector is given no more at once than when it is deployed, and all in the end', async () => {
  await record('a');
  const { dynamoDb } = backend.clients;
  const { batchSize } = deploymentLimits.detector.mapping;
  const Items = Array.from({ length: 2 * batchSize + 1 }, (_, index) => ({ eventKey: { S: `${index}` } }));
  const send = dynamoDb.send.bind(dynamoDb);
  vi.spyOn(dynamoDb, 'send').mockImplementation((async (command: Parameters<typeof send>[0]) =>
    command instanceof QueryCommand ? { Items } : send(command)) as never);
  const given: (string | undefined)[][] = [];
  const noting: ReturnType<typeof detectorHandler> = async ({ Records }) => {
    given.push(Records.map(({ dynamodb }) => dynamodb?.Keys?.eventKey?.S));
    return { batchItemFailures: [] };
  };
  await resumeDetection(backend.clients, noting, report);
  expect(given.map(({ length }) => length)).toEqual([batchSize, batchSize, 1]);
  expect(given.flat()).toEqual(Items.map(({ eventKey }) => eventKey.S));
});
