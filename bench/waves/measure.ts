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
const readingsOf = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    seriesId: `${name}${index % Number(series)}`,
    timestamp: Date.UTC(2024, 0) + 1000 * Math.floor(index / Number(series)),
    value: noise(),
  }));
const readings = readingsOf('s', Number(events));
/** Of other series, before the clock starts: until then the code is interpreted. */
const warmUp = readingsOf('w', 1000);

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
  calls: (await callsSoFar()) - seconds.calls,
  processorMs: (user + system - seconds.before) / 1000 / readings.length,
};
process.stdout.write(JSON.stringify(measured));
process.exit();

async function clock() {
  const calls = await callsSoFar();
  const { user, system } = process.cpuUsage();
  const startedAt = performance.now();
  return () => ({ elapsed: (performance.now() - startedAt) / 1000, before: user + system, calls });
}

async function record() {
  const handler = parts.recorder.recorderHandler(environment, ({ error }) => {
    if (error !== undefined) throw error;
  });
  const { batchSize } = parts.limits.deploymentLimits.recorder.mapping;
  const take = async (given: typeof readings) => {
    const records = given.map((reading, number) => ({
      eventID: `shardId-000000000000:${number}`,
      kinesis: {
        data: Buffer.from(JSON.stringify(reading)).toString('base64'),
        partitionKey: reading.seriesId,
        sequenceNumber: String(number),
        approximateArrivalTimestamp: Date.UTC(2025, 0) / 1000,
      },
    }));
    for (let start = 0; start < records.length; start += batchSize) {
      const Records = records.slice(start, start + batchSize) as Parameters<typeof handler>[0]['Records'];
      const { batchItemFailures } = await handler({ Records });
      if (batchItemFailures.length > 0) throw new Error('a record failed');
    }
  };
  await take(warmUp);
  const stop = await clock();
  await take(readings);
  return stop();
}

async function recordAndTest() {
  const { names } = parts.resources;
  let tested = 0;
  let wanted = 0;
  let done = () => {};
  const pipeline = await parts.pipeline.startPipeline({
    backend: { ...backend, environment },
    report: (entry) => {
      if (entry.error !== undefined) throw entry.error;
      tested += Number(entry.tested ?? 0);
      if (tested >= wanted) done();
    },
  });
  const take = async (given: typeof readings) => {
    const allTested = new Promise<void>((resolve) => {
      done = resolve;
    });
    wanted = tested + given.length;
    const { realBackoff: backoff } = parts.backoff;
    await parts.put.putEvents(backend.clients.kinesis, names.stream, given, { backoff });
    await allTested;
  };
  await take(warmUp);
  const stop = await clock();
  await take(readings);
  const time = stop();
  await pipeline.close();
  return time;
}
