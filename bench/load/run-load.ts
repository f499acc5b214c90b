import { setTimeout as delay } from 'node:timers/promises';
import { environmentOfFlags } from '../../cli/detector-options.ts';
import { putEvents } from '../../cli/produce/put-events.ts';
import { listen } from '../../cli/replay/listen.ts';
import { tallyReports } from '../../cli/replay/tally.ts';
import { realBackoff } from '../../lambda/backoff.ts';
import { deploymentLimits } from '../../lib/deployment-limits.ts';
import { startBackendApart } from '../../local/apart/backend.ts';
import { startPipeline } from '../../local/pipeline.ts';
import { names } from '../../local/resources.ts';
import {
  countDiscardedBatches,
  countEvents,
  countQuarantined,
  readChangePoints,
} from '../../local/stored.ts';
import { Latencies, type Quantiles } from './latencies.ts';
import { expectedChangePoints, loadEvent, practicalThreshold } from './series.ts';

export interface LoadOptions {
  readonly series: number;
  /** Events a second, of all series together. */
  readonly rate: number;
  readonly seconds: number;
  /** How long the detector's mapping waits for a fuller batch. */
  readonly windowSeconds: number;
  /** Batches of the recorder under way at once; each series stays in order. */
  readonly recordersAtOnce: number;
  readonly signal: AbortSignal;
  /** Called once a second. */
  readonly onSample?: (sample: LoadSample) => void;
}

/** How things stand at one moment. */
export interface LoadSample {
  /** Since the first event was due. */
  readonly second: number;
  readonly put: number;
  readonly recorded: number;
  readonly tested: number;
  readonly notified: number;
  /** Events put and not tested yet. */
  readonly backlog: number;
  /** Of the process with functions, mappings and producer. */
  readonly memoryMegabytes: number;
  /** Of the process with the emulators, which keep all data in memory. */
  readonly emulatorMegabytes: number;
}

export interface LoadResult {
  readonly put: number;
  readonly recorded: number;
  readonly tested: number;
  readonly late: number;
  /** Records and batches set aside. */
  readonly setAside: number;
  readonly expected: number;
  readonly found: number;
  readonly published: number;
  readonly notified: number;
  /** From the first event due to the last one put, and to the last one tested. */
  readonly putSeconds: number;
  readonly testedSeconds: number;
  readonly eventsPerSecond: number;
  /** From when an event was due, in milliseconds: waiting for its turn to be put counts. */
  readonly toTested: Quantiles | undefined;
  readonly toNotified: Quantiles | undefined;
  readonly peakMemoryMegabytes: number;
  /** Processor time, without the emulators', from the first event due to the last one tested. */
  readonly cpuSeconds: number;
  readonly samples: readonly LoadSample[];
  readonly lastError: unknown;
}

/** The producer puts what has become due since it last did. */
const tickMs = 50;
const sampleMs = 1000;

/**
 * Puts events into the pipeline on this machine at a steady rate, and watches what becomes of them.
 *
 * Events are tested in the order in which they were put, so that the k-th one tested is the k-th one put: how long it
 * took follows from the count alone.
 *
 * @throws the signal's reason if it aborts; what breaks on the way
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
  const backend = await startBackendApart();
  const pipeline = await startPipeline({
    backend,
    environment: environmentOfFlags({ practicalThreshold: String(practicalThreshold) }),
    report: tally.report,
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
  const toTested = new Latencies(total);
  const toNotified = new Latencies(total);
  const listener = listen(pipeline, (found) => toNotified.add(Date.now() - Date.parse(found.detectedAt)));
  const samples: LoadSample[] = [];
  const cpuBefore = process.cpuUsage();
  const startedAt = Date.now();
  const dueAt = (k: number) => startedAt + Math.floor((1000 * k) / rate);
  const secondsSoFar = () => (Date.now() - startedAt) / 1000;
  let put = 0;
  let tested = 0;

  pipeline.detector.onProgress(({ succeeded }) => {
    const now = Date.now();
    while (tested < succeeded) toTested.add(now - dueAt(tested++));
  });

  const sampler = setInterval(() => {
    const sample = {
      second: Math.round(secondsSoFar()),
      put,
      recorded: pipeline.recorder.progress.succeeded,
      tested,
      notified: listener.heard.length,
      backlog: put - tested,
      memoryMegabytes: process.memoryUsage.rss() / 2 ** 20,
      emulatorMegabytes: backend.memoryMegabytes,
    };
    samples.push(sample);
    onSample?.(sample);
  }, sampleMs);

  async function produce(): Promise<void> {
    while (put < total && !signal.aborted) {
      const due = Math.min(total, Math.ceil(secondsSoFar() * rate));
      const events = Array.from({ length: due - put }, (_, i) => loadEvent(put + i, series, dueAt(put + i)));
      await putEvents(pipeline.clients.kinesis, names.stream, events, {
        backoff: realBackoff,
        signal,
        onPut: (count) => {
          put += count;
        },
      });
      await delay(tickMs, undefined, { signal }).catch(() => {});
    }
  }

  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  aborted.catch(() => {});
  const unlessBroken = <T>(work: Promise<T>) => Promise.race([work, listener.broken, aborted]);
  try {
    signal.throwIfAborted();
    await unlessBroken(Promise.race([produce(), pipeline.recorder.doneWith(total)]));
    const putSeconds = secondsSoFar();
    await unlessBroken(pipeline.recorder.doneWith(total));
    await unlessBroken(pipeline.detector.doneWith(total));
    const testedSeconds = secondsSoFar();
    const { user, system } = process.cpuUsage(cpuBefore);
    const stored = await readChangePoints(pipeline.clients);
    await unlessBroken(listener.heardOf(stored.map(({ id }) => id)));
    return {
      put,
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
      samples,
      lastError: tally.lastError,
    };
  } finally {
    clearInterval(sampler);
    await listener.stop();
    await pipeline.close();
  }
}
