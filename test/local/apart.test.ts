import childProcess, { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test, vi } from 'vitest';
import { putEvents } from '../../cli/produce/put-events.ts';
import { realBackoff } from '../../lambda/backoff.ts';
import { deploymentLimits } from '../../lib/deployment-limits.ts';
import { type BackendApart, startBackendApart } from '../../local/apart/backend.ts';
import { startPipeline } from '../../local/pipeline.ts';
import { names } from '../../local/resources.ts';

let backend: BackendApart | undefined;

afterEach(async () => {
  await backend?.close();
  backend = undefined;
});

test('writes to the tables of the other process come out of the stream here, in their order', async () => {
  backend = await startBackendApart();
  const { clients, tableStream } = backend;
  for (let key = 0; key < 20; key++) {
    const Item = { seriesId: { S: 's' }, eventKey: { S: String(key) } };
    await clients.dynamoDb.send(new PutItemCommand({ TableName: names.eventsTable, Item }));
  }
  await tableStream.caughtUp();
  expect(tableStream.length).toBe(20);
  const records = tableStream.read(undefined, 100);
  expect(records.map(({ dynamodb }) => dynamodb.Keys?.eventKey?.S)).toEqual(
    Array.from({ length: 20 }, (_, key) => String(key)),
  );
  tableStream.trim(records[4]?.dynamodb.SequenceNumber ?? '');
  expect(tableStream.read(undefined, 100)).toEqual(records.slice(5));
  expect(backend.memoryMegabytes).toBeGreaterThan(10);
});

test('the other process ends when it is let go of, and frees its ports', async () => {
  const { endpoints, close } = await startBackendApart();
  await fetch(endpoints.kinesis);
  await close();
  await expect(fetch(endpoints.kinesis)).rejects.toThrow('fetch failed');
  await close();
});

/** Starts it. @returns its process as well */
async function startWithChild() {
  const forking = vi.spyOn(childProcess, 'fork');
  syncBuiltinESMExports();
  try {
    const started = await startBackendApart();
    return { started, child: forking.mock.results[0]?.value as ChildProcess };
  } finally {
    forking.mockRestore();
    syncBuiltinESMExports();
  }
}

test('nobody waits for what the other process has written when it was killed', async () => {
  const { started, child } = await startWithChild();
  backend = started;
  child.kill('SIGSTOP');
  const waiting = Promise.allSettled([started.tableStream.caughtUp(), started.tableStream.caughtUp()]);
  child.kill('SIGKILL');
  const reason = new Error('the process of the emulators has ended');
  expect(await waiting).toEqual([
    { status: 'rejected', reason },
    { status: 'rejected', reason },
  ]);
  await expect(started.tableStream.caughtUp()).rejects.toThrow('closed');
});

test('the other process ends also when it is let go of while it is still loading', async () => {
  const child = fork('local/apart/process.ts', { execArgv: ['--import', 'tsx'] });
  const ended = once(child, 'exit');
  child.disconnect();
  expect(await ended).toEqual([0, null]);
});

test('the pipeline runs on it, with limits other than those deployed', async () => {
  backend = await startBackendApart();
  const sizes: unknown[] = [];
  const mapping = { ...deploymentLimits.recorder.mapping, batchSize: 2 };
  const pipeline = await startPipeline({
    backend,
    limits: { ...deploymentLimits, recorder: { ...deploymentLimits.recorder, mapping } },
    report: ({ step, records }) => step === 'recorder' && sizes.push(records),
  });
  const events = [1, 2, 3, 4, 5].map((value) => ({
    seriesId: 's',
    timestamp: Date.UTC(2020) + value * 1000,
    value,
  }));
  await putEvents(backend.clients.kinesis, names.stream, events, { backoff: realBackoff });
  await pipeline.detector.doneWith(5);
  await pipeline.close();
  expect(sizes).toEqual([2, 2, 1]);
  await expect(fetch(backend.endpoints.kinesis)).rejects.toThrow('fetch failed');
});
