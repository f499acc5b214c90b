/**
 * Measures whether one instance of the detector keeps up with the news of one shard of the events table's stream.
 *
 * Method: each device has a reading a second. The recorder makes one wave of the readings that it gets within its window. The news of all devices
 * is spread evenly over the window. The detector gets what has come, in batches as Lambda makes them, one after the other. Each call to a
 * table takes 5 ms more. A lag is the time from the news of a wave until its batch is done; the detector keeps up if that does not grow.
 * Time is that of a machine that does nothing else (`processor-clock.ts`), so other work on this one does not count. The tables are in this process:
 * the processor time that they take is measured for each call and does not count either. Readings that were tested are taken out of
 * them, so that the garbage collector has the work that it has in a detector alone.
 *
 * Run: npx tsx bench/detector/keeps-up.ts [seconds, default 20] [devices] [windowSeconds, default 1] [seriesAtOnce, default 32]
 * Writes: bench/results/keeps-up.json, of several cases. With devices, it measures that case alone and writes nothing.
 */

import { medianOfValues } from '../../cli/median.ts';
import { uniform } from '../../cli/produce/random.ts';
import { detectSeries } from '../../lambda/detector/detect-series.ts';
import { eachSeries } from '../../lambda/detector/each-series.ts';
import type { Wave } from '../../lambda/tables/wave.ts';
import { deploymentLimits } from '../../lib/deployment-limits.ts';
import { positive, scriptArguments, whole } from '../script-arguments.ts';
import { writeResult } from '../statistics/write-result.ts';
import { ProcessorClock } from './processor-clock.ts';
import { instanceOn, newTables, Readings } from './service.ts';

const { seconds, devices, windowSeconds, seriesAtOnce } = scriptArguments(import.meta.url, {
  seconds: positive(20),
  devices: whole(),
  windowSeconds: whole(1),
  seriesAtOnce: whole(32),
});
const seed = 1;
const callMs = 5;
const readingsBefore = 100;
const { batchSize } = deploymentLimits.detector.mapping;

interface Case {
  readonly devices: number;
  /** Seconds of readings in a wave. */
  readonly windowSeconds: number;
  readonly atOnce: number;
}

const defaults: readonly Case[] = [
  ...[8, 16, 32, 64, 128].map((atOnce) => ({ devices: 1000, windowSeconds: 1, atOnce })),
  ...[5, 6, 8].map((windowSeconds) => ({ devices: 10_000, windowSeconds, atOnce: 32 })),
];
const cases = devices === undefined ? defaults : [{ devices, windowSeconds, atOnce: seriesAtOnce }];

interface DueNews {
  readonly seriesId: string;
  readonly waves: readonly Wave[];
  /** When each of them came, in seconds. */
  readonly due: readonly number[];
}

async function measure({ devices, windowSeconds, atOnce }: Case) {
  const clock = new ProcessorClock(() => tables.usage.processorMs);
  const tables = newTables(() => clock.delay(callMs));
  const readings = new Readings(tables, uniform(seed));
  const instance = instanceOn(tables);
  const names = Array.from({ length: devices }, (_, index) => `device-${index}`);
  const look = async (news: Pick<DueNews, 'seriesId' | 'waves'>) => {
    const detected = await detectSeries(news.seriesId, news.waves, instance);
    readings.forget(news.seriesId);
    return detected;
  };
  const started = await eachSeries(
    names.map((seriesId) => ({ seriesId })),
    ({ seriesId }) => look({ seriesId, waves: [readings.store(seriesId, readingsBefore)] }),
  );
  if (started.failed.length > 0) throw started.failed[0]?.error;

  const batchOf = (from: number, to: number): readonly DueNews[] => {
    const bySeries = new Map<string, { seriesId: string; waves: Wave[]; due: number[] }>();
    for (let index = from; index < to; index++) {
      const seriesId = names[index % devices] ?? '';
      const news = bySeries.get(seriesId) ?? { seriesId, waves: [], due: [] };
      bySeries.set(seriesId, news);
      news.waves.push(readings.store(seriesId, windowSeconds));
      news.due.push((index / devices) * windowSeconds);
    }
    return [...bySeries.values()];
  };

  tables.usage.calls.clear();
  const total = Math.floor((devices * seconds) / windowSeconds);
  const lags: number[] = [];
  const [busyBefore, tablesBefore] = [clock.busy(), tables.usage.processorMs];
  const begun = clock.now();
  for (let taken = 0; taken < total; ) {
    const now = (clock.now() - begun) / 1000;
    const come = Math.min(total, Math.floor((now / windowSeconds) * devices), taken + batchSize);
    if (come === taken) {
      await clock.delay(1);
      continue;
    }
    const batch = tables.measured(() => batchOf(taken, come));
    taken = come;
    const { done, failed } = await eachSeries(batch, look, atOnce);
    if (failed.length > 0) throw failed[0]?.error;
    const doneAt = (clock.now() - begun) / 1000;
    lags.push(...done.flatMap(({ due }) => due.map((at) => doneAt - at)));
  }
  const busy = clock.busy() - busyBefore;
  const took = (clock.now() - begun) / 1000;
  const calls = [...tables.usage.calls.values()].reduce((sum, count) => sum + count, 0);
  const looks = tables.usage.calls.get('PutItem') ?? 0;
  const half = lags.length >> 1;
  return {
    devices,
    windowSeconds,
    atOnce,
    looksASecond: Math.round(looks / took),
    wavesALook: rounded(total / looks),
    callsALook: rounded(calls / looks),
    lagFirstHalfSeconds: rounded(medianOfValues(lags.slice(0, half))),
    lagSecondHalfSeconds: rounded(medianOfValues(lags.slice(half))),
    longestLagSeconds: rounded(Math.max(...lags.slice(half))),
    processorMsALook: rounded(busy / looks),
    tablesMsALook: rounded((tables.usage.processorMs - tablesBefore) / looks),
  };
}

function rounded(number: number): number {
  return Math.round(number * 100) / 100;
}

const rows: object[] = [];
for (const one of cases) {
  const row = await measure(one);
  rows.push(row);
  process.stdout.write(`${JSON.stringify(row)}\n`);
}
const method = `each device a reading a second for ${seconds} s, ${callMs} ms more for each call, ${readingsBefore} readings of each device before, seed ${seed}`;
if (devices === undefined) await writeResult('keeps-up', method, rows);
