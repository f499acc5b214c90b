/**
 * Measures how smoothly the live page runs with 200 series, or with 5,000, at 2,000 readings a second in all.
 *
 * Method: headless Chromium shows the page at 1440 × 900 with one series opened, for half a minute. The list scrolls all the
 * while, from its top to its end and back. Emulators would compete with
 * the page for the processor. So this program passes the readings to the page's server directly, in place of the events table's
 * stream, 2,000 a second. The core finds the shifts in them, and the notifications go through the topic. After a few seconds to
 * settle, the page itself measures three things: the time between animation frames; tasks of more than 50 ms, which browsers
 * call long tasks; and the processor time of its main thread. Other work on the machine disturbs the first two, so its load is
 * printed. It does not disturb the third.
 *
 * Run: npx tsx bench/page.ts [series, default 200] [seconds, default 30]
 * Needs Chromium, as `npm run test:page` does.
 */

import { cpus, loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { AedDetector } from '@aed/core';
import { PublishCommand } from '@aws-sdk/client-sns';
import { environmentOfFlags } from '../cli/detector-options.ts';
import { normal } from '../cli/produce/random.ts';
import { nameChangePoint } from '../lambda/change-point.ts';
import type { StoredEvent } from '../lambda/event.ts';
import { messageFor } from '../lambda/notify/message.ts';
import { detectorOptionsFromEnvironment } from '../lambda/settings.ts';
import type { TableStreamRecord } from '../local/emulators/table-stream.ts';
import { listeners } from '../local/listeners.ts';
import { startPipeline } from '../local/pipeline.ts';
import { launchBrowser } from '../test/web/browser/launch.ts';
import { startLivePage } from '../web/server/live-page.ts';
import { positive, scriptArguments, whole } from './script-arguments.ts';

const { series, seconds: measured } = scriptArguments(import.meta.url, {
  series: whole(200),
  seconds: positive(30),
});
const readingsASecond = 2_000 / series;
const seconds = { settling: 10, measured };
const shiftEvery = 150;

const environment = environmentOfFlags({ practicalThreshold: '2' });
const options = detectorOptionsFromEnvironment(environment);
const pipeline = await startPipeline({ environment, report() {} });
const recorded = listeners<TableStreamRecord>();
const page = await startLivePage({
  pipeline: { ...pipeline, tableStream: { ...pipeline.tableStream, onRecord: recorded.add } },
  title: `${series} series`,
});
let told = 0;
const browser = await launchBrowser();
const view = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await view.goto(page.url);
await view.evaluate(`{
  globalThis.frames_ = [];
  globalThis.longTasks_ = [];
  let last = performance.now();
  const frame = () => {
    const now = performance.now();
    frames_.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const list = document.getElementById('series-list');
  let down = 24;
  const scroll = () => {
    const before = list.scrollTop;
    list.scrollTop += down;
    if (list.scrollTop === before) down = -down;
    requestAnimationFrame(scroll);
  };
  requestAnimationFrame(scroll);
  new PerformanceObserver((list) => longTasks_.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ entryTypes: ['longtask'] });
}`);
const session = await view.context().newCDPSession(view);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });

const producing = new AbortController();
const produced = produce(producing.signal);
await delay(seconds.settling * 1000);
const before = await readings();
await view.evaluate('frames_.length = 0, longTasks_.length = 0');
await delay(seconds.measured * 1000);
const after = await readings();
const frames = (await view.evaluate<number[]>('frames_')).sort((a, b) => a - b);
const longTasks = await view.evaluate<number[]>('longTasks_');
producing.abort();
await produced;
await browser.close();
await page.close();
await pipeline.close();

const elapsed = after.at - before.at;
const quantile = (part: number) => frames[Math.min(frames.length - 1, Math.floor(part * frames.length))] ?? 0;
process.stdout.write(
  `${[
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`,
    `${series} series, ${Math.round((after.told - before.told) / elapsed)} readings a second`,
    `frames a second ${(frames.length / elapsed).toFixed(1)}; between frames, ms: median ${quantile(0.5).toFixed(1)}, ` +
      `95 % ${quantile(0.95).toFixed(1)}, 99 % ${quantile(0.99).toFixed(1)}, longest ${frames.at(-1)?.toFixed(1)}`,
    `long tasks: ${longTasks.length}, longest ${Math.max(0, ...longTasks).toFixed(0)} ms, ` +
      `${longTasks.reduce((sum, one) => sum + one, 0).toFixed(0)} ms in all`,
    `main thread: ${((100 * (after.busy - before.busy)) / elapsed).toFixed(1)} % of one core`,
  ].join('\n')}\n`,
);

/** The time, the main thread's processor time, both in seconds, and the number of readings passed on. */
async function readings() {
  const { metrics } = await session.send('Performance.getMetrics');
  const busy = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  return { at: performance.now() / 1000, busy, told };
}

/** Produces readings of every series, one series after the other. */
async function produce(signal: AbortSignal): Promise<void> {
  const noise = normal(1);
  const all = Array.from({ length: series }, (_, number) => oneSeries(`series-${number}`));
  const startedAt = performance.now();
  for (let reading = 0; !signal.aborted; reading++) {
    for (const [number, next] of all.entries()) {
      const level = 6 * (Math.floor((reading + number) / shiftEvery) % 2);
      await next(Date.now(), level + noise());
      // As they come, and not all at once.
      const due = startedAt + ((reading + (number + 1) / series) * 1000) / readingsASecond;
      if (number % 20 === 0 && due > performance.now())
        await delay(due - performance.now(), undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
    }
  }
}

/** One series: its readings go to the page's server, and its change points to the topic, without emulated tables and functions. */
function oneSeries(seriesId: string): (time: number, value: number) => Promise<void> {
  const detector = new AedDetector(options);
  const events: StoredEvent[] = [];
  return async (time, value) => {
    const eventKey = `${new Date(time).toISOString()}#${events.length}`;
    events.push({ eventKey, value });
    told++;
    recorded.tell(insertOf(seriesId, eventKey, value));
    const { regimeStart } = detector;
    const found = detector.push(value);
    if (found === undefined) return;
    const named = nameChangePoint(found, seriesId, events.slice(regimeStart), regimeStart, options);
    const { topicArn: TopicArn } = pipeline.resources;
    await pipeline.clients.sns.send(new PublishCommand({ TopicArn, ...messageFor(named) }));
  };
}

function insertOf(seriesId: string, eventKey: string, value: number): TableStreamRecord {
  const Keys = { seriesId: { S: seriesId }, eventKey: { S: eventKey } };
  return {
    eventName: 'INSERT',
    dynamodb: { Keys, NewImage: { ...Keys, value: { N: String(value) } }, SequenceNumber: String(told) },
  };
}
