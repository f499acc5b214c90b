/**
 * Measures one tree of the repository: how many events a second it records, or records and tests.
 *
 * Run by bench/waves.ts, with the tree, the way, the number of series and of events, and the milliseconds added to a call. Prints JSON.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { normal } from '../../cli/produce/random.ts';

export type Way = 'recorder' | 'end to end';

export interface Measured {
  readonly eventsPerSecond: number;
  /** Calls to DynamoDB. */
  readonly calls: number;
  /** Of the functions and the mappings, for each event. */
  readonly processorMs: number;
}

/** The parts of a tree that are measured. All revisions since the recorder has batches have them. */
interface Tree {
  readonly apart: typeof import('../../local/apart/backend.ts');
  readonly pipeline: typeof import('../../local/pipeline.ts');
  readonly recorder: typeof import('../../lambda/recorder/recorder.ts');
  readonly limits: typeof import('../../lib/deployment-limits.ts');
  readonly put: typeof import('../../cli/produce/put-events.ts');
  readonly backoff: typeof import('../../lambda/backoff.ts');
  readonly resources: typeof import('../../local/resources.ts');
}

const [tree = '', way = '', series = '', events = '', delay = ''] = process.argv.slice(2);
const load = (path: string) => import(pathToFileURL(join(tree, path)).href);
const parts: Tree = {
  apart: await load('local/apart/backend.ts'),
  pipeline: await load('local/pipeline.ts'),
  recorder: await load('lambda/recorder/recorder.ts'),
  limits: await load('lib/deployment-limits.ts'),
  put: await load('cli/produce/put-events.ts'),
  backoff: await load('lambda/backoff.ts'),
  resources: await load('local/resources.ts'),
};

const noise = normal(7);
/** Quiet readings, one a second of each series. */
const readings = Array.from({ length: Number(events) }, (_, index) => ({
  seriesId: `s${index % Number(series)}`,
  timestamp: Date.UTC(2024, 0) + 1000 * Math.floor(index / Number(series)),
  value: noise(),
}));

const backend = await parts.apart.startBackendApart();
const proxy = fork(
  fileURLToPath(new URL('delaying-proxy.ts', import.meta.url)),
  [backend.endpoints.dynamoDb, delay],
  {
    execArgv: ['--import', 'tsx'],
  },
);
const [{ endpoint }] = (await once(proxy, 'message')) as [{ endpoint: string }];
const environment = { ...backend.environment, AWS_ENDPOINT_URL_DYNAMODB: endpoint };

const callsSoFar = async () => {
  proxy.send('calls');
  const [{ calls }] = (await once(proxy, 'message')) as [{ calls: number }];
  return calls;
};

const seconds = way === 'recorder' ? await record() : await recordAndTest();
const { user, system } = process.cpuUsage();
const measured: Measured = {
  eventsPerSecond: readings.length / seconds.elapsed,
  calls: await callsSoFar(),
  processorMs: (user + system - seconds.before) / 1000 / readings.length,
};
process.stdout.write(JSON.stringify(measured));
process.exit();

function clock() {
  const { user, system } = process.cpuUsage();
  const startedAt = performance.now();
  return () => ({ elapsed: (performance.now() - startedAt) / 1000, before: user + system });
}

async function record() {
  const handler = parts.recorder.recorderHandler(environment, () => {});
  const { batchSize } = parts.limits.deploymentLimits.recorder.mapping;
  const records = readings.map((reading, number) => ({
    eventID: `shardId-000000000000:${number}`,
    kinesis: {
      data: Buffer.from(JSON.stringify(reading)).toString('base64'),
      partitionKey: reading.seriesId,
      sequenceNumber: String(number),
      approximateArrivalTimestamp: Date.UTC(2025, 0) / 1000,
    },
  }));
  const stop = clock();
  for (let start = 0; start < records.length; start += batchSize) {
    const Records = records.slice(start, start + batchSize) as Parameters<typeof handler>[0]['Records'];
    const { batchItemFailures } = await handler({ Records });
    if (batchItemFailures.length > 0) throw new Error('a record failed');
  }
  return stop();
}

async function recordAndTest() {
  const { names } = parts.resources;
  await parts.put.putEvents(backend.clients.kinesis, names.stream, readings, {
    backoff: parts.backoff.realBackoff,
  });
  let tested = 0;
  let done = () => {};
  const allTested = new Promise<void>((resolve) => {
    done = resolve;
  });
  const stop = clock();
  const pipeline = await parts.pipeline.startPipeline({
    backend: { ...backend, environment },
    report: (entry) => {
      if (entry.error !== undefined) throw entry.error;
      tested += Number(entry.tested ?? 0);
      if (tested >= readings.length) done();
    },
  });
  await allTested;
  const time = stop();
  await pipeline.close();
  return time;
}
