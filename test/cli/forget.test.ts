import { expect, test } from 'vitest';
import { heldOfSeries } from '../../cli/forget/forget-series.ts';
import { storesOfSeries } from '../../cli/forget/stores-of-series.ts';
import { forgottenText, heldText } from '../../cli/forget/view.ts';
import { defaultRecordSettings } from '../../cli/record-flags.ts';
import { announceService } from '../../cli/service/state-file.ts';
import { names } from '../../local/resources.ts';
import { startLivePage } from '../../web/server/live-page.ts';
import type { Snapshot, Update } from '../../web/wire.ts';
import { runForget } from '../campaigns/forget/run-forget.ts';
import { lookalikes } from '../campaigns/forget/series-records.ts';
import { usePipeline } from '../use/backend.ts';
import { useRuntimeFolder } from '../use/folder.ts';
import { readEvents } from '../web/server/event-source.ts';
import { runHere } from './in-process.ts';

useRuntimeFolder();
const pipeline = usePipeline({ digestSeconds: 0 });

// `npx tsx test/campaigns/forget.ts` does it among 999 others.
test('of a forgotten series nothing is left in any store, and its lookalikes, which go on, lack nothing', async () => {
  const { wrong, deleted } = await runForget(pipeline, { others: lookalikes.length, own: 120, stops: 1 });
  expect(wrong).toEqual([]);
  expect(deleted).toMatchObject({ 'change points': 2, 'items of state': expect.any(Number) });
});

test('the command counts, and deletes only with --yes; a second time there is nothing, nor on the page', async () => {
  const { endpoints, lambdaEndpoint, resources, secret } = pipeline;
  const { topicArn, peopleTopicArn } = resources;
  const arns = { topicArn, peopleTopicArn };
  await announceService({ ...names, pid: process.pid, endpoints, lambdaEndpoint, ...arns }, secret);
  const [first = ''] = lookalikes;
  const counted = await runHere(['forget', first]);
  expect(counted.error).toBe('');
  expect(counted.out).toMatch(
    /^the service holds of boiler-77: \d+ change points?, \d+ events, \d+ items? of state, 4 items of rules, \d+ quarantined objects?\n/,
  );
  expect((await runHere(['forget', first])).out).toBe(counted.out);
  const page = await startLivePage({ pipeline });
  const open = () => readEvents(`${page.url}api/overview`);
  const reader = await open();
  const before = await reader.first<Snapshot>('snapshot');
  const { index = -1 } = before.series.find(({ seriesId }) => seriesId === first) ?? {};
  expect(before.notices.map(({ found }) => found.seriesId)).toContain(first);
  expect(await runHere(['forget', first, '--yes'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /^deleted of boiler-77: .*\nWhat remains until the service ends, or with --data until its folder is deleted: (?!.*days)/s,
    ),
  });
  expect(await runHere(['forget', first])).toMatchObject({
    code: 0,
    out: 'the service holds nothing of boiler-77\n',
  });
  await reader.first<Update>('update', ({ gone }) => gone.includes(index));
  const later = await open();
  const { series, notices } = await later.first<Snapshot>('snapshot');
  expect(series.map(({ seriesId }) => seriesId).sort()).toEqual(
    before.series.flatMap(({ seriesId }) => (seriesId === first ? [] : seriesId)).sort(),
  );
  expect(notices.map(({ found }) => found.seriesId)).not.toContain(first);
  for (const one of [reader, later]) one.close();
  await page.close();
});

// A partition key has at most 2,048 bytes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
test('no store is asked for a key that is too long, whatever the name of the series', async () => {
  const { dynamoDb, s3 } = pipeline.clients;
  const asked: string[] = [];
  dynamoDb.middlewareStack.add(
    (next) => (given) => {
      const { ExpressionAttributeValues: values = {} } = given.input as {
        ExpressionAttributeValues?: Record<string, unknown>;
      };
      asked.push(...Object.values(values).map(String));
      return next(given);
    },
    { step: 'initialize', name: 'asked' },
  );
  const places = { ...names, bucket: names.quarantineBucket, records: defaultRecordSettings };
  for (const seriesId of ['ä'.repeat(1024), 'x'.repeat(1000)])
    await heldOfSeries(storesOfSeries({ dynamoDb, s3 }, seriesId, places, new AbortController().signal));
  dynamoDb.middlewareStack.remove('asked');
  expect(asked).toContain('ä'.repeat(1024));
  expect(asked).toContain(`VERSIONS#MUTE#SERIES#${'x'.repeat(1000)}`);
  for (const key of asked) expect(Buffer.byteLength(key)).toBeLessThanOrEqual(2048);
});

test.each([
  ['', '0'],
  ['x'.repeat(2049), '2049'],
])('a name that no series has is refused', async (name, bytes) => {
  expect(await runHere(['forget', name, '--yes'])).toMatchObject({
    code: 2,
    error: expect.stringContaining(`a series must have a name of 1 to 2048 bytes, got ${bytes} bytes`),
  });
});

test('one of a kind is counted as one', () => {
  const held = { chunks: 0, 'change points': 2, events: 1, 'items of state': 1, 'quarantined objects': 1 };
  expect(heldText('a', held)).toMatch(
    /^the service holds of a: 2 change points, 1 event, 1 item of state, 1 quarantined object\n/,
  );
});

test('what remains of a series is told of a deployed service, and of one on this machine', () => {
  const forgotten = { deleted: { events: 1 }, inseparable: ['a.json'], tooLarge: [] };
  expect(forgottenText('s', forgotten)).toBe(`deleted of s: 1 event
These objects of the quarantine hold it beside others, and cannot be cut. They go after 90 days:
  a.json
What remains for a time: records in the stream until its retention ends, changes in the stream of the events
table for 24 hours, backups of the tables for 35 days, names of series in logs for 30 days, and what was published.
`);
  expect(forgottenText('s', forgotten, true)).toBe(`deleted of s: 1 event
These objects of the quarantine hold it beside others, and cannot be cut. They stay:
  a.json
What remains until the service ends, or with --data until its folder is deleted: records in the stream, for a year at
most, and notifications that nobody has taken. What was printed and published is not undone.
`);
});

test('of a deployed service the bucket must be named as well', async () => {
  const tables = ['--region', 'x', '--events-table', 'e', '--change-points-table', 'c', '--rules-table', 'r'];
  expect(await runHere(['forget', 's', ...tables])).toMatchObject({
    code: 2,
    error: expect.stringContaining('--bucket must be given as well'),
  });
});
