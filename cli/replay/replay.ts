import { once } from 'node:events';
import type { ResolvedOptions } from '@aed/core';
import { realBackoff } from '../../lambda/backoff.ts';
import { detectorOptionsFromEnvironment, type Environment } from '../../lambda/settings.ts';
import { startBackendApart } from '../../local/apart/backend.ts';
import { type Pipeline, startPipeline } from '../../local/pipeline.ts';
import { names } from '../../local/resources.ts';
import {
  countDiscardedBatches,
  countEvents,
  countQuarantined,
  readChangePoints,
} from '../../local/stored.ts';
import { startLivePage } from '../../web/server/live-page.ts';
import type { LivePage } from '../../web/server/serve-page.ts';
import { FailedError } from '../context.ts';
import type { Dataset } from '../datasets/dataset.ts';
import { describeReasons } from '../describe-reasons.ts';
import { putEvents } from '../produce/put-events.ts';
import { type Listener, listen } from './listen.ts';
import { inOrder, numberer } from './number-changes.ts';
import { otherStatistic } from './other-statistic.ts';
import { paced } from './paced.ts';
import { type Tally, tallyReports } from './tally.ts';
import type { ReplaySummary, ReplayView } from './view.ts';

export interface ReplayOptions {
  /** Options of the detector, by the names of its environment variables. */
  readonly environment: Environment;
  readonly view: ReplayView;
  /** Ends the replay early, and a page that is served. */
  readonly signal: AbortSignal;
  /** Readings a second. Without it, as many as the stream takes. */
  readonly rate?: number;
  /** Options with another statistic, which runs beside in this process to be compared. */
  readonly compareWith?: ResolvedOptions;
  /** Serves a page on which to watch, from before the first reading until the signal aborts. */
  readonly serve?: { readonly port: number };
}

/**
 * Starts the pipeline, sends a data set through it, and shows the change points.
 *
 * @throws FailedError if the counts do not agree at the end; the signal's reason if it aborts; the error of what fails on the way
 */
export async function replay(
  dataset: Dataset,
  { environment, view, signal, rate, compareWith, serve }: ReplayOptions,
): Promise<ReplaySummary> {
  const own = detectorOptionsFromEnvironment(environment);
  const other = compareWith && otherStatistic(dataset.readings, own, compareWith);
  const number = numberer(dataset, other);
  const begunAt = performance.now();
  const tally = tallyReports();
  // Emulators and functions run in two processes, so that they do not wait for one processor.
  const backend = await startBackendApart();
  const pipeline = await startPipeline({ backend, environment, report: tally.report });
  const listener = listen(pipeline, (found) => view.notified(number(found)));
  let page: LivePage | undefined;
  try {
    if (serve !== undefined) page = await startLivePage({ ...serve, pipeline, ...aboutOf(dataset) });
    const setUpSeconds = secondsSince(begunAt);
    view.started(dataset, setUpSeconds, page?.url);
    const startedAt = performance.now();
    const put = await unless(signal, listener, putAndTest(dataset, pipeline, view, signal, rate, tally));
    const stored = await readChangePoints(pipeline.clients);
    await unless(signal, listener, listener.heardOf(stored.map(({ id }) => id)));
    const seconds = secondsSince(startedAt);

    const recorded = await countEvents(pipeline.clients);
    const setAside = await countQuarantined(pipeline.clients);
    const tested = Math.min(recorded, tally.tested);
    const summary: ReplaySummary = {
      dataset: dataset.title,
      series: new Set(dataset.readings.map(({ seriesId }) => seriesId)).size,
      put,
      recorded,
      repeated: put - recorded - setAside,
      setAside,
      setAsideReasons: tally.reasons,
      tested,
      late: tally.late,
      found: stored.length,
      published: stored.filter(({ publishedAt }) => publishedAt !== undefined).length,
      notified: listener.heard.length,
      setUpSeconds,
      seconds,
      eventsPerSecond: tested / seconds,
      changePoints: inOrder(listener.heard.map(number)),
      ...(other !== undefined && { other: { statistic: other.statistic, found: other.found } }),
      ...(other?.note !== undefined && { note: other.note }),
    };
    await check(summary, pipeline, tally.lastError);
    view.finished(summary, dataset);
    if (page !== undefined) await aborted(signal);
    return summary;
  } finally {
    view.close();
    try {
      await page?.close();
    } finally {
      // An open server would keep the process alive, even if closing the page fails.
      await listener.stop();
      await pipeline.close();
    }
  }
}

/** @returns how many readings were put, once each is tested */
async function putAndTest(
  dataset: Dataset,
  { clients, recorder, detector, tableStream }: Pipeline,
  view: ReplayView,
  signal: AbortSignal,
  rate: number | undefined,
  tally: Tally,
): Promise<number> {
  let soFar = 0;
  const show = () =>
    view.progressed({
      put: soFar,
      recorded: recorder.progress.succeeded,
      tested: tally.tested,
    });
  recorder.onProgress(show);
  detector.onProgress(show);
  for await (const readings of paced(dataset.readings, rate, signal)) {
    await putEvents(clients.kinesis, names.stream, readings, {
      backoff: realBackoff,
      signal,
      onPut(count) {
        soFar += count;
        show();
      },
    });
  }
  await recorder.doneWith(soFar);
  await tableStream.caughtUp();
  await detector.doneWith(tableStream.length);
  return soFar;
}

/** Waits for the work, unless the signal aborts or the listener fails first. */
async function unless<T>(signal: AbortSignal, { broken }: Listener, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([work, broken, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

/** The title and unit of the page. */
function aboutOf({ title, unit }: Dataset) {
  return { title: `${title.slice(0, 1).toUpperCase()}${title.slice(1)}`, unit };
}

async function check(
  summary: ReplaySummary,
  { clients, recorder, detector }: Pipeline,
  lastError: unknown,
): Promise<void> {
  const discarded = await countDiscardedBatches(clients);
  const { put, recorded, setAside, repeated, tested, found, published, notified } = summary;
  const complaint =
    discarded > 0
      ? `${discarded} batches were given up`
      : recorded === 0
        ? `none of ${put} readings could be recorded: ${describeReasons(summary.setAsideReasons)}`
        : repeated < 0
          ? `of ${put} readings put, ${recorded} were recorded and ${setAside} set aside`
          : tested !== recorded
            ? `${recorded} events were recorded and ${tested} tested`
            : published !== found || notified !== found
              ? `of ${found} change points, ${published} were published and ${notified} received`
              : undefined;
  if (complaint === undefined) return;
  // A function that timed out reported nothing. Only its event-source mapping knows.
  throw new FailedError(complaint, { cause: lastError ?? detector.lastFailure ?? recorder.lastFailure });
}

function secondsSince(time: number): number {
  return (performance.now() - time) / 1000;
}
