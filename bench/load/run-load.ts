import { environmentOfFlags } from '../../cli/detector-options.ts';
import { listen } from '../../cli/replay/listen.ts';
import { tallyReports } from '../../cli/replay/tally.ts';
import { deploymentLimits } from '../../lib/deployment-limits.ts';
import { startBackendApart } from '../../local/apart/backend.ts';
import { startPipeline } from '../../local/pipeline.ts';
import {
  countDiscardedBatches,
  countEvents,
  countQuarantined,
  readChangePoints,
} from '../../local/stored.ts';
import { Latencies } from './latencies.ts';
import type { LoadResult, LoadSample } from './load-result.ts';
import { startProducer } from './producer.ts';
import { expectedChangePoints, practicalThreshold } from './series.ts';

export interface LoadOptions {
  readonly series: number;
  /** Events a second, over all series. */
  readonly rate: number;
  readonly seconds: number;
  /** How long the detector's mapping waits for a fuller batch. */
  readonly windowSeconds: number;
  /** Concurrent batches of the recorder. Each series stays in order. */
  readonly recordersAtOnce: number;
  readonly signal: AbortSignal;
  /** Called once a second. */
  readonly onSample?: (sample: LoadSample) => void;
}

const sampleMs = 1000;

/**
 * Puts events into the pipeline on this machine at a steady rate, and follows them to the notification.
 *
 * Latencies come from counts alone: events are tested about in the order of their put, so the k-th tested is about the k-th put.
 *
 * @throws the signal's reason if it aborts; the error of a part that fails
 */
export async function runLoad({
  series,
  rate,
  seconds,
  windowSeconds,
  recordersAtOnce,
  signal,
  onSample,
}: LoadOptions): Promise<LoadResult> {
  const total = Math.round(rate * seconds);
  const tally = tallyReports();
  const toTested = new Latencies(total);
  let tested = 0;
  let startedAt = Date.now();
  const dueAt = (k: number) => startedAt + Math.floor((1000 * k) / rate);
  const backend = await startBackendApart();
  const pipeline = await startPipeline({
    backend,
    environment: environmentOfFlags({ practicalThreshold: String(practicalThreshold) }),
    report: (entry) => {
      tally.report(entry);
      const now = Date.now();
      while (tested < tally.tested) toTested.add(now - dueAt(tested++));
    },
    limits: {
      recorder: {
        ...deploymentLimits.recorder,
        mapping: { ...deploymentLimits.recorder.mapping, parallelizationFactor: recordersAtOnce },
      },
      detector: {
        ...deploymentLimits.detector,
        mapping: { ...deploymentLimits.detector.mapping, batchWindowSeconds: windowSeconds },
      },
    },
  });
  const toNotified = new Latencies(total);
  const listener = listen(pipeline, (found) => toNotified.add(Date.now() - Date.parse(found.detectedAt)));
  const producer = startProducer({ endpoints: backend.endpoints, series, rate, total });
  const samples: LoadSample[] = [];
  const secondsSoFar = () => (Date.now() - startedAt) / 1000;
  function takeSample(): void {
    const sample = {
      second: Math.round(secondsSoFar()),
      put: producer.put,
      recorded: pipeline.recorder.progress.succeeded,
      tested,
      notified: listener.heard.length,
      backlog: producer.put - tested,
      memoryMegabytes: process.memoryUsage.rss() / 2 ** 20,
      emulatorMegabytes: backend.memoryMegabytes,
    };
    samples.push(sample);
    onSample?.(sample);
  }
  let sampler: NodeJS.Timeout | undefined;

  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  aborted.catch(() => {});
  const unlessBroken = <T>(work: Promise<T>) => Promise.race([work, listener.broken, aborted]);
  try {
    signal.throwIfAborted();
    await unlessBroken(producer.ready());
    const cpuBefore = process.cpuUsage();
    const emulatorCpuBefore = backend.cpuSeconds;
    startedAt = Date.now();
    sampler = setInterval(takeSample, sampleMs);
    await unlessBroken(producer.produce(startedAt));
    const putSeconds = secondsSoFar();
    await unlessBroken(pipeline.recorder.doneWith(total));
    await unlessBroken(pipeline.tableStream.caughtUp());
    await unlessBroken(pipeline.detector.doneWith(pipeline.tableStream.length));
    const testedSeconds = secondsSoFar();
    const { user, system } = process.cpuUsage(cpuBefore);
    await pipeline.tableStream.caughtUp();
    const emulatorCpuSeconds = backend.cpuSeconds - emulatorCpuBefore;
    const stored = await readChangePoints(pipeline.clients);
    await unlessBroken(listener.heardOf(stored.map(({ id }) => id)));
    return {
      put: producer.put,
      recorded: await countEvents(pipeline.clients),
      tested,
      late: tally.late,
      setAside: (await countQuarantined(pipeline.clients)) + (await countDiscardedBatches(pipeline.clients)),
      expected: expectedChangePoints(total, series),
      found: stored.length,
      published: stored.filter(({ publishedAt }) => publishedAt !== undefined).length,
      notified: listener.heard.length,
      putSeconds,
      testedSeconds,
      eventsPerSecond: tested / testedSeconds,
      toTested: toTested.quantiles(),
      toNotified: toNotified.quantiles(),
      peakMemoryMegabytes: Math.max(0, ...samples.map(({ memoryMegabytes }) => memoryMegabytes)),
      cpuSeconds: (user + system) / 1e6,
      emulatorCpuSeconds,
      samples,
      lastError: tally.lastError,
    };
  } finally {
    clearInterval(sampler);
    await producer.stop();
    await listener.stop();
    await pipeline.close();
  }
}
