import type { Agent } from 'node:http';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { detectorHandler } from '../../../lambda/detector/detector.ts';
import type { ReportEntry } from '../../../lambda/function-report.ts';
import { sweeperHandler } from '../../../lambda/notify/sweeper.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { recorderHandler } from '../../../lambda/recorder/recorder.ts';
import { realSurroundings, type Surroundings } from '../../../lambda/surroundings.ts';
import type { StoredChangePoint } from '../../../lambda/tables/stored-change-point.ts';
import type { Backend } from '../../../local/backend.ts';
import { readChangePoints } from '../../../local/stored.ts';
import { kinesisRecord } from '../../lambda/kinesis-record.ts';
import { startProxy } from '../faults/proxy.ts';
import type { FaultKind } from '../faults/schedule.ts';

export interface OutageOptions {
  /** Series whose level stays, and as many whose level changes again and again. */
  readonly quiet: number;
  readonly changing: number;
  /** Minutes from one reading of each series to the next. */
  readonly everyMinutes: number;
  /** What each call to the topic meets for an hour; nothing if absent. */
  readonly fault?: FaultKind;
}

/** What happened in one hour and the quarters before and after, in simulated time. */
export interface OutageRun {
  /** The reports of the detector, one for each batch. */
  readonly batches: readonly ReportEntry[];
  /** Whether a batch failed. */
  readonly failed: boolean;
  readonly found: readonly StoredChangePoint[];
  /** Change points that were published, by id, in order. */
  readonly published: readonly string[];
  /** Calls to the topic while it was down. */
  readonly tries: number;
  /** Change points that were pending when the topic came back, and right after the next sweep. */
  readonly waited: number;
  readonly stillWaiting: number;
}

/** Minutes from the start to the outage, to its end, and to the end of the run. */
const [downFrom, upFrom, end] = [15, 75, 90];
const minute = 60_000;
const begin = Date.UTC(2020, 0, 1);
/** Readings between two changes of a level. */
const stretch = 10;

/** Runs recorder, detector and sweeper in simulated time. */
export async function runOutage(
  { quiet, changing, everyMinutes, fault }: OutageOptions,
  backend: Backend,
  agent: Agent,
): Promise<OutageRun> {
  let now = begin;
  let tries = 0;
  const isDown = () =>
    fault !== undefined && now >= begin + downFrom * minute && now < begin + upFrom * minute;
  const proxy = await startProxy({ name: 'all', alive: true, died: false }, backend.endpoints, agent, {
    fault({ target }) {
      if (target !== 'publish' || !isDown()) return undefined;
      tries++;
      return fault;
    },
    async damage() {},
    received() {},
    effective() {},
    died() {},
  });
  const surroundings: Surroundings = {
    ...realSurroundings,
    clock: () => new Date(now),
    // No deadline: the machine may be slow, and simulated time stands still meanwhile.
    deadline: () => new AbortController().signal,
    retryStrategy: new ConfiguredRetryStrategy(processingLimits.sdkAttempts, 0),
  };
  const { endpoint } = proxy;
  const environment = {
    ...backend.environment,
    ALPHA: '0.05',
    STARTUP: '4',
    WINDOW: '0',
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ENDPOINT_URL_SNS: endpoint,
  };
  const batches: ReportEntry[] = [];
  const record = recorderHandler(environment, () => {});
  const detect = detectorHandler(
    environment,
    (entry) => entry.records !== undefined && batches.push(entry),
    surroundings,
  );
  const sweep = sweeperHandler(environment, () => {}, surroundings);
  const pending = async () =>
    (await readChangePoints(backend.clients)).filter(({ pendingSince }) => pendingSince !== undefined).length;
  let failed = false;
  let [waited, stillWaiting] = [0, 0];
  for (let at = 0; at < end; at++, now += minute) {
    if (at % everyMinutes === 0) {
      const number = at / everyMinutes;
      const from = backend.tableStream.length;
      await record({ Records: [kinesisRecord(`${at}`, linesAt(number, now, quiet, changing))] });
      const Records = [...backend.tableStream.read(undefined, Number.POSITIVE_INFINITY)].slice(from);
      const { batchItemFailures } = await detect({ Records });
      failed ||= batchItemFailures.length > 0;
    }
    if (at === upFrom) waited = await pending();
    await sweep().catch(() => {});
    if (at === upFrom) stillWaiting = await pending();
  }
  await proxy.close();
  const published = await receiveIds(backend);
  return {
    batches,
    failed,
    found: await readChangePoints(backend.clients),
    published,
    tries,
    waited,
    stillWaiting,
  };
}

function linesAt(number: number, timestamp: number, quiet: number, changing: number): string {
  const noise = ((number * 7) % 5) / 4;
  const level = Math.floor(number / stretch) % 2 === 0 ? 0 : 9;
  const line = (seriesId: string, value: number) => JSON.stringify({ seriesId, timestamp, value });
  return [
    ...Array.from({ length: quiet }, (_, index) => line(`quiet ${index}`, noise)),
    ...Array.from({ length: changing }, (_, index) => line(`changing ${index}`, level + noise)),
  ].join('\n');
}

async function receiveIds({ clients, resources: { queueUrl } }: Backend): Promise<readonly string[]> {
  const command = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 });
  const ids: string[] = [];
  for (;;) {
    const { Messages = [] } = await clients.sqs.send(command);
    if (Messages.length === 0) return ids;
    ids.push(...Messages.map(({ Body = '' }) => JSON.parse(JSON.parse(Body).Message).id));
  }
}
