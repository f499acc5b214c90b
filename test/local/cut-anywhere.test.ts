import db, { type Operation, type Store } from 'dynalite/db/index.js';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { detectorHandler } from '../../lambda/detector/detector.ts';
import type { ReportEntry } from '../../lambda/function-report.ts';
import { sweeperHandler } from '../../lambda/notify/sweeper.ts';
import { recorderHandler } from '../../lambda/recorder/recorder.ts';
import { type Backend, startBackend } from '../../local/backend.ts';
import { mendIndexes } from '../../local/emulators/mend-indexes.ts';
import { resumeDetection } from '../../local/kept/resume-detection.ts';
import { resumePublishing } from '../../local/kept/resume-publishing.ts';
import { countEvents, readChangePoints } from '../../local/stored.ts';
import { kinesisRecord } from '../lambda/kinesis-record.ts';

let backend: Backend;
let store: Store;

beforeAll(async () => {
  const create = vi.spyOn(db, 'create');
  backend = await startBackend();
  store = create.mock.results[0]?.value;
  create.mockRestore();
});
afterAll(() => backend.close());

/** The functions of a process, and how many change points they have published. */
function newProcess() {
  let notified = 0;
  const report = (entry: ReportEntry) => {
    if (typeof entry.notified === 'number') notified += entry.notified;
  };
  const environment = { ...backend.environment, ALPHA: '0.05', STARTUP: '4', WINDOW: '0' };
  return {
    recorder: recorderHandler(environment, report),
    detector: detectorHandler(environment, report),
    sweeper: sweeperHandler(environment, report),
    published: () => notified,
    report,
  };
}

const values = [0, 9, 0].flatMap((level) => Array.from({ length: 12 }, (_, index) => level + (index % 3)));
const records = values.map((value, at) =>
  kinesisRecord(
    `${at + 1}`,
    JSON.stringify({ seriesId: 's', timestamp: Date.UTC(2020) + at * 1000, value, eventId: `${at}` }),
  ),
);
const newRecords = (from: number) =>
  backend.tableStream.read(undefined, Number.POSITIVE_INFINITY).slice(from);

/** All that is written from now on, write by write, as a kill may leave it. */
function logWrites(): Operation[] {
  const log: Operation[] = [];
  const { put, del } = store.db;
  store.db.put = (key, value, done) => {
    log.push({ type: 'put', key, value: structuredClone(value) });
    put(key, value, done);
  };
  store.db.del = (key, done) => {
    log.push({ type: 'del', key });
    del(key, done);
  };
  return log;
}

/** Leaves of all items what the first of these writes make. */
async function leave(writes: readonly Operation[]): Promise<void> {
  const rows = (await store.db.createKeyStream().toArray()).filter((key) => !key.startsWith('table~'));
  const deleted = rows.map((key): Operation => ({ type: 'del', key }));
  await new Promise((resolve) => store.db.batch([...deleted, ...writes], resolve));
}

const indexRows = () => store.db.createKeyStream({ gte: 'index-', lt: 'index-~' }).toArray();

/** What a kill may leave of it, without what differs from one run to the next. */
async function outcome() {
  const found = await readChangePoints(backend.clients);
  return {
    found: found.map(({ publishedAt, grounds: _, ...rest }) => ({
      ...rest,
      publishedAt: typeof publishedAt,
    })),
    events: await countEvents(backend.clients),
    waiting: await indexRows(),
  };
}

test('whatever the last write before a kill was, nothing is lost, published twice or stuck', async () => {
  const log = logWrites();
  const { recorder, detector, published } = newProcess();
  await recorder({ Records: records });
  const recorded = log.length;
  await detector({ Records: newRecords(0) });
  expect(published()).toBe(2);
  const whole = [...log];
  const expected = await outcome();
  expect(expected).toMatchObject({ events: records.length, waiting: [] });
  // The recorder writes events one like another.
  const cuts = [...whole.keys(), whole.length].filter(
    (cut) => cut >= recorded || [0, 7, recorded - 1].includes(cut),
  );
  for (const cut of cuts) {
    await leave(whole.slice(0, cut));
    const from = backend.tableStream.length;
    const again = newProcess();
    await mendIndexes(store);
    await resumeDetection(backend.clients, again.detector, again.report);
    await resumePublishing(backend.clients, again.sweeper);
    if (cut < recorded) await again.recorder({ Records: records });
    const Records = newRecords(from);
    if (Records.length > 0) await again.detector({ Records });
    const marked = whole
      .slice(0, cut)
      .filter(({ value }) => JSON.stringify(value)?.includes('"publishedAt"'));
    expect({ cut, ...(await outcome()), published: again.published() }).toEqual({
      cut,
      ...expected,
      published: 2 - marked.length,
    });
  }
});
