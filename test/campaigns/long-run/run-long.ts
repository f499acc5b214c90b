import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { uniform } from '../../../cli/produce/random.ts';
import { generateTraffic } from '../../../cli/produce/traffic.ts';
import { countDiscardedBatches, countEvents, readChangePoints } from '../../../local/stored.ts';
import { withClients } from '../../cli/local-service.ts';
import { changesOfDetect, changesOfService, csvOf } from '../../cli/put/compared-changes.ts';
import { keepService } from './kept-service.ts';
import { anonymousMegabytes, type MemoryCurve, memoryCurve } from './memory-curve.ts';
import { openPage } from './open-page.ts';
import { putAtPace } from './put-at-pace.ts';
import { unreadableIn, withUnreadable } from './unreadable.ts';

export interface LongRunOptions {
  readonly minutes: number;
  /** Events a second, over all series. */
  readonly rate: number;
  readonly series: number;
  /** Mean seconds between two kills; 0 for none. */
  readonly killEvery: number;
  readonly seed: number;
  /** An empty folder. */
  readonly folder: string;
  /** Called each minute. */
  readonly onMinute: (minute: number, curve: MemoryCurve, put: number, kills: number) => void;
}

/** What came of a run. */
export interface LongRun {
  readonly curve: MemoryCurve;
  readonly kills: number;
  readonly put: number;
  readonly stored: number;
  /** Records that cannot be read, of those that are in the quarantine. */
  readonly setAside: number;
  /** Batches that were given up. */
  readonly givenUp: number;
  /** Change points that `aed detect` finds in the same events, and those of the service. */
  readonly expected: readonly string[];
  readonly found: readonly string[];
  /** Of those found: not published, and not told. */
  readonly unpublished: number;
  readonly untold: number;
  /** Told more than once, which a kill between telling and marking explains. */
  readonly repeated: number;
}

const sampleMs = 1_000;
// On a busy machine the service may be far behind what was put.
const longestWaitSeconds = 3_600;
const askedAtOnce = 5;

/** @throws Error if the service ends by itself */
export async function runLong(options: LongRunOptions): Promise<LongRun> {
  const { minutes, rate, series, killEvery, seed, folder, onMinute } = options;
  const service = keepService(join(folder, 'data'));
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (ms: number) => delay(ms, undefined, { signal }).catch(() => {});
  const seriesIds = Array.from({ length: series }, (_, index) => `series-${index + 1}`);
  const points = Math.ceil((minutes * 60 * rate) / series);
  const curve = memoryCurve();
  let put = 0;
  let kills = 0;

  async function watch(startAt: number): Promise<void> {
    let told = 0;
    let watched: { readonly pid?: number | undefined; readonly since: number } = { since: 0 };
    while (!signal.aborted) {
      const { pid } = (await service.current()).child;
      if (watched.pid !== pid) watched = { pid, since: Date.now() };
      const minute = (Date.now() - startAt) / 60_000;
      const ageSeconds = (Date.now() - watched.since) / 1000;
      const megabytes = anonymousMegabytes(pid ?? 0);
      if (megabytes !== undefined) curve.add({ minute, ageSeconds, megabytes });
      if (minute >= told + 1) onMinute(++told, curve, put, kills);
      await pause(sampleMs);
    }
  }

  async function killNowAndThen(): Promise<void> {
    const chance = uniform(seed);
    while (killEvery > 0 && !signal.aborted) {
      await pause(2 * killEvery * 1000 * chance());
      if (signal.aborted) return;
      await service.kill();
      kills++;
    }
  }

  try {
    const orBroken = <T>(work: Promise<T>) => Promise.race([work, service.broken]);
    await orBroken(service.current());
    const startAt = Date.now();
    const events = () => generateTraffic({ seriesIds, points, rate: rate / series, startAt, seed });
    const beside = [watch(startAt), killNowAndThen(), openPage(service, seriesIds[0] ?? '', signal)];
    const putting = putAtPace(service, withUnreadable(events()), (count) => (put += count), signal);
    await orBroken(Promise.race([putting, Promise.all(beside)]));
    stopping.abort();
    await Promise.all(beside);
    const all = [...events()];
    const file = join(folder, 'events.csv');
    await writeFile(file, csvOf(all));
    const expected = await changesOfDetect(file, []);
    const local = await service.current();
    const newest = [...new Map(all.map((event) => [event.seriesId, event])).values()];
    const found: string[] = [];
    // Few at a time: the questions of all would keep the service from its work.
    for (let from = 0; from < newest.length; from += askedAtOnce) {
      const some = newest.slice(from, from + askedAtOnce);
      const answers = changesOfService(local, some, longestWaitSeconds).catch((error: Error) => {
        throw new Error(`${error.message}; it said:\n${local.error()}`, { cause: error });
      });
      found.push(...(await orBroken(answers)));
    }
    found.sort();
    return await withClients(local.state, async (clients) => {
      const changePoints = await readChangePoints(clients);
      const untold = () => changePoints.filter(({ id }) => !service.told.has(id)).length;
      for (let waited = 0; untold() > 0 && waited < longestWaitSeconds; waited++) await delay(1_000);
      return {
        curve,
        kills,
        put,
        stored: await countEvents(clients),
        setAside: (await unreadableIn(clients)).size,
        givenUp: await countDiscardedBatches(clients),
        expected,
        found,
        unpublished: changePoints.filter(({ publishedAt }) => publishedAt === undefined).length,
        untold: untold(),
        repeated: [...service.told.values()].filter((times) => times > 1).length,
      };
    });
  } finally {
    stopping.abort();
    await service.end();
  }
}
