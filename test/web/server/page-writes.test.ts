import { isDeepStrictEqual } from 'node:util';
import { type DetectorOptions, type OptionName, optionsToText } from '@aed/core';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { takeBackLast } from '../../../cli/service/acknowledging.ts';
import { storedChangePoints } from '../../../cli/service/stored-series.ts';
import { dynamoClient } from '../../../lambda/clients.ts';
import { ruleKey } from '../../../lambda/rules/rule-keys.ts';
import { ruleTarget } from '../../../lambda/rules/rule-target.ts';
import { rulesTable } from '../../../lambda/rules/rules-table.ts';
import { optionsOfSeries, serviceOptions, withServiceDefaults } from '../../../lambda/service-options.ts';
import { changePointKey } from '../../../lambda/tables/stored-change-point.ts';
import { names } from '../../../local/resources.ts';
import { startLivePage } from '../../../web/server/live-page.ts';
import { pageLimits } from '../../../web/server/page-limits.ts';
import { pipelineService } from '../../../web/server/pipeline-service.ts';
import { leastRule } from '../../../web/server/rule-writes.ts';
import { servePage } from '../../../web/server/serve-page.ts';
import type { FollowedChange, History, Snapshot, Update } from '../../../web/wire.ts';
import { aChangePoint } from '../../lambda/a-change-point.ts';
import { usePipeline } from '../../use/backend.ts';
import { useStarted } from '../../use/started.ts';
import { readEvents } from './event-source.ts';

const pipeline = usePipeline();
const page = useStarted(() => startLivePage({ pipeline }));
const keys = [1, 2, 3].map((hour) => `2026-01-01T0${hour}:00:00.000Z#e`);
const [first = '', second = '', third = ''] = keys;
const hostile = 'a#b/c"\r\n<i>\u202e😀';
let token = '';

beforeAll(async () => {
  const client = dynamoClient(pipeline.environment);
  for (const seriesId of ['boiler', hostile, 'other']) {
    for (const eventKey of keys) {
      const found = aChangePoint({ seriesId, eventKey, id: `${encodeURIComponent(seriesId)} ${eventKey}` });
      const Item = { ...found, ...changePointKey(found), publishedAt: '2026-01-02T00:00:00.000Z' };
      await client.send(new PutCommand({ TableName: names.changePointsTable, Item }));
    }
    const event = { seriesId, eventKey: first, value: 1 };
    await client.send(new PutCommand({ TableName: names.eventsTable, Item: event }));
  }
  token = (await snapshotOf(page.url)).writes?.token ?? '';
});

async function snapshotOf(url: string): Promise<Snapshot> {
  const reader = await readEvents(`${url}api/overview`);
  const snapshot = await reader.first<Snapshot>('snapshot');
  reader.close();
  return snapshot;
}

async function write(body: unknown, headers: Record<string, string> = {}, path = 'api/acknowledge') {
  const answer = await fetch(`${page.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-aed-token': token, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, text: await answer.text() };
}

async function noted(seriesId: string): Promise<readonly unknown[]> {
  const client = dynamoClient(pipeline.environment);
  const items = keys.map(async (eventKey) => {
    const Key = changePointKey({ seriesId, eventKey });
    return (await client.send(new GetCommand({ TableName: names.changePointsTable, Key }))).Item
      ?.acknowledgedBy;
  });
  return Promise.all(items);
}

test('what is acknowledged is what the reader saw: up to a change, or one alone', async () => {
  const all = await readEvents(`${page.url}api/overview`);
  const opened = await readEvents(`${page.url}api/series?id=boiler`);
  await opened.first<History>('history');
  const { status, text } = await write({
    by: 'Ada',
    note: 'n',
    targets: [{ seriesId: 'boiler', eventKey: second }],
  });
  expect({ status, text }).toEqual({ status: 200, text: '{"acknowledged":2}' });
  expect(await noted('boiler')).toEqual(['Ada', 'Ada', undefined]);
  const isNoted = (found: readonly FollowedChange[]) =>
    found.some(({ acknowledgedBy }) => acknowledgedBy === 'Ada');
  expect(await opened.first('changes', isNoted)).toMatchObject([{ note: 'n' }, { note: 'n' }]);
  opened.close();
  all.close();

  await write({ by: 'Ben', targets: [{ seriesId: hostile, eventKey: third, only: true }] });
  expect(await noted(hostile)).toEqual([undefined, undefined, 'Ben']);
  expect(await noted('other')).toEqual([undefined, undefined, undefined]);
});

test('an acknowledgement that the reader has seen is taken back, on every page, and no other one', async () => {
  const acknowledgedAtOf = async (eventKey: string) => {
    const Key = changePointKey({ seriesId: hostile, eventKey });
    const get = new GetCommand({ TableName: names.changePointsTable, Key });
    const { Item } = await dynamoClient(pipeline.environment).send(get);
    return Item?.acknowledgedAt;
  };
  await write({ by: 'Ben', note: 'n', targets: [{ seriesId: hostile, eventKey: third }] });
  const all = await readEvents(`${page.url}api/overview`);
  const opened = await readEvents(`${page.url}api/series?id=${encodeURIComponent(hostile)}`);
  await opened.first<History>('history');
  const takeBack = (acknowledgedAt: unknown) =>
    write({ targets: [{ seriesId: hostile, eventKey: third, acknowledgedAt }] }, {}, 'api/take-back');
  expect((await takeBack('2020-01-01T00:00:00.000Z')).text).toBe('{"takenBack":0}');
  expect(await noted(hostile)).toEqual(['Ben', 'Ben', 'Ben']);
  expect((await takeBack(undefined)).text).toBe('acknowledgedAt must be a text, got none\n');
  const seen = await acknowledgedAtOf(third);
  for (let time = 0; time < 2; time++) expect((await takeBack(seen)).text).toBe('{"takenBack":1}');
  expect(await noted(hostile)).toEqual(['Ben', 'Ben', undefined]);
  const isRed = (found: readonly FollowedChange[]) =>
    found.some(({ eventKey, acknowledgedBy, note }) => eventKey === third && !acknowledgedBy && !note);
  await opened.first('changes', isRed);
  await all.first<Update>('update', (update) => update.series.some((one) => one.unacknowledged === 1));
  opened.close();
  all.close();
});

test('what is taken back elsewhere is red again here', async () => {
  await write({ by: 'Ada', targets: [{ seriesId: 'other', eventKey: third, only: false }] });
  const all = await readEvents(`${page.url}api/overview`);
  const { series } = await all.first<Snapshot>('snapshot');
  const row = series.find(({ seriesId }) => seriesId === 'other');
  expect(row?.unacknowledged).toBe(0);
  const client = dynamoClient(pipeline.environment);
  const changePoints = await storedChangePoints(client, names.changePointsTable).changePoints('other');
  expect(await takeBackLast(client, names.changePointsTable, changePoints)).toHaveLength(3);
  const isRed = (update: Update) =>
    update.series.some(({ index, unacknowledged }) => index === row?.index && unacknowledged === 3);
  await all.first<Update>('update', isRed);
  all.close();
});

test('a page that is started later knows what is red, and hears when it is so no more', async () => {
  const Item = { seriesId: 'other', sortKey: 'HEAD', version: 1 };
  await dynamoClient(pipeline.environment).send(new PutCommand({ TableName: names.changePointsTable, Item }));
  const later = await startLivePage({ pipeline });
  const reader = await readEvents(`${later.url}api/overview`);
  const { series, writes } = await reader.first<Snapshot>('snapshot');
  const row = series.find(({ seriesId }) => seriesId === 'other');
  expect(row).toMatchObject({ unacknowledged: 3, lastChange: { eventKey: third } });
  const headers = { 'content-type': 'application/json', 'x-aed-token': writes?.token ?? '' };
  const body = JSON.stringify({ by: 'Ada', targets: [{ seriesId: 'other', eventKey: third }] });
  await fetch(`${later.url}api/acknowledge`, { method: 'POST', headers, body });
  const isRedNoMore = (update: Update) =>
    update.series.some(({ index, unacknowledged }) => index === row?.index && unacknowledged === 0);
  await reader.first<Update>('update', isRedNoMore);
  reader.close();
  await later.close();
});

const target = { seriesId: 'boiler', eventKey: third };
describe('a write is refused', () => {
  test.each([
    [
      'without the token',
      {},
      { 'x-aed-token': '' },
      403,
      'x-aed-token must be the token of this page: load the page anew',
    ],
    ['with another token', {}, { 'x-aed-token': 'a'.repeat(64) }, 403, 'x-aed-token must be'],
    [
      'of a form',
      {},
      { 'content-type': 'text/plain' },
      415,
      "content-type must be application/json, got 'text/plain'",
    ],
    ['of another site', {}, { origin: 'http://evil.example' }, 403, 'not for web pages of other sites'],
    ['that is no JSON', '{', {}, 400, 'the body must be a JSON object'],
    ['that is a list', [], {}, 400, 'the body must be a JSON object'],
    [
      'that is too long',
      `"${'x'.repeat(pageLimits.writeBytes)}"`,
      {},
      413,
      'a write has at most 1000000 bytes',
    ],
    ['of nobody', { targets: [target] }, {}, 400, 'by must be a text, got none'],
    ['of nothing', { by: 'Ada', targets: [] }, {}, 400, 'targets must be a list of 1 to 200 objects'],
    [
      'of too much',
      { by: 'Ada', targets: Array(201).fill(target) },
      {},
      400,
      'targets must be a list of 1 to 200',
    ],
    ['without a key', { by: 'Ada', targets: [{ seriesId: 'boiler' }] }, {}, 400, 'got {"seriesId":"boiler"}'],
    [
      'with a key that no event has, and that sorts after all',
      { by: 'Ada', targets: [{ seriesId: 'boiler', eventKey: 'x' }] },
      {},
      400,
      'the eventKey of an event, got {"seriesId":"boiler","eventKey":"x"}',
    ],
    ['of null', { by: 'Ada', targets: [null] }, {}, 400, 'got null'],
    [
      'with a note that is none',
      { by: 'Ada', note: 1, targets: [target] },
      {},
      400,
      'note must be a text, got 1',
    ],
  ])('%s', async (_, body, headers, status, reason) => {
    const answer = await write(body, headers as Record<string, string>);
    expect(answer.text).toContain(reason);
    expect(answer.status).toBe(status);
    expect((await noted('boiler'))[2]).toBeUndefined();
  });

  test('by a page that only shows', async () => {
    const shows = await startLivePage({ pipeline, readOnly: true });
    expect((await snapshotOf(shows.url)).writes).toBeUndefined();
    const headers = { 'content-type': 'application/json', 'x-aed-token': token };
    const answer = await fetch(`${shows.url}api/acknowledge`, { method: 'POST', headers, body: '{}' });
    const takeBack = await fetch(`${shows.url}api/take-back`, { method: 'POST', headers, body: '{}' });
    for (const one of [answer, takeBack])
      expect({ status: one.status, text: await one.text() }).toEqual({
        status: 403,
        text: 'this page only shows: it was started so\n',
      });
    await shows.close();
  });
});

test('a page with a key tells nothing to who does not know it, and takes nothing from them', async () => {
  const closed = await servePage({ service: pipelineService(pipeline), key: 'secret' });
  const status = async (path: string, method = 'GET') =>
    (await fetch(`${closed.url}${path}`, { method, signal: AbortSignal.timeout(60_000) })).status;
  for (const path of [
    'api/overview',
    'api/overview?key=secreT',
    'api/series?id=boiler',
    'api/readings.csv?id=boiler',
  ])
    expect(await status(path)).toBe(401);
  expect(await status('api/acknowledge', 'POST')).toBe(401);
  expect(await status('api/take-back', 'POST')).toBe(401);
  expect(await status('')).toBe(200);
  expect(await status('api/readings.csv?id=boiler&key=secret')).toBe(200);
  await closed.close();
});

describe('the rules of a series', () => {
  const wanted = (options: DetectorOptions) => optionsToText(serviceOptions(withServiceDefaults(options)));

  test('give it the options that were tried, and no others; every open page hears of it', async () => {
    const opened = await readEvents(`${page.url}api/series?id=${encodeURIComponent(hostile)}`);
    await opened.first<History>('history');
    const body = { seriesId: hostile, by: 'Ada', options: wanted({ startup: 9, practicalThreshold: 2 }) };
    expect(await write(body, {}, 'api/options')).toEqual({ status: 200, text: '{}' });
    const isRuled = ({ rule }: History) => rule === hostile;
    const { options } = await opened.first<History>('history', isRuled);
    expect(options).toMatchObject({ startup: 9, practicalThreshold: 2, window: 5 });
    opened.close();
    const key = ruleKey('options', ruleTarget(hostile, true));
    const item = await rulesTable(dynamoClient(pipeline.environment), names.rulesTable).get(key);
    expect(item).toMatchObject({ options: { startup: 9, practicalThreshold: 2 }, setBy: 'Ada', version: 1 });
    expect(Object.keys(item?.options as object)).toHaveLength(2);
  });

  test('mute it for a while, and end that', async () => {
    const muted = { seriesId: 'boiler', by: 'Ada', milliseconds: 3_600_000 };
    expect((await write(muted, {}, 'api/mute')).status).toBe(200);
    const opened = await readEvents(`${page.url}api/series?id=boiler`);
    const { mute } = await opened.first<History>('history');
    expect(mute).toEqual({ until: expect.any(String), by: 'Ada' });
    expect((await write({ seriesId: 'boiler', by: 'Ada' }, {}, 'api/unmute')).status).toBe(200);
    await opened.first<History>('history', (history) => history.mute === undefined);
    opened.close();
  });

  test.each([
    ['api/options', { options: wanted({}) }, 'seriesId must be a text, got none'],
    [
      'api/options',
      { seriesId: 'a', by: '', options: wanted({}) },
      'by must be a name of 1 to 100 characters',
    ],
    [
      'api/options',
      { seriesId: 'a', by: 'Ada', options: { alpha: 1 } },
      'options must be texts by their names',
    ],
    [
      'api/options',
      { seriesId: 'a', by: 'Ada', options: { ...wanted({}), alpha: '2' } },
      'alpha must be a number',
    ],
    ['api/mute', { seriesId: 'a', by: 'Ada', milliseconds: '1' }, 'milliseconds must be a number, got "1"'],
    [
      'api/mute',
      { seriesId: 'a', by: 'Ada', milliseconds: 0 },
      'a mute must last longer than 0 and at most 365d, got 0',
    ],
    ['api/mute', { seriesId: '', by: 'Ada', milliseconds: 1 }, 'a name or pattern must be text of 1 to'],
    [
      'api/options',
      { seriesId: 'x'.repeat(1_100), by: 'Ada', options: wanted({}) },
      'text of 1 to 1000 bytes, got 1100',
    ],
    ['api/unmute', { seriesId: 'x'.repeat(1_100), by: 'Ada' }, 'text of 1 to 1000 bytes, got 1100 bytes'],
  ])('are not changed by what is wrong: %s %j', async (path, body, reason) => {
    const answer = await write(body, {}, path);
    expect(answer.text).toContain(reason);
    expect(answer.status).toBe(400);
  });
});

test('a rule has the fewest options by which a series has exactly those that are wanted', () => {
  const given = fc.record(
    {
      statistic: fc.constantFrom('mpp' as const, 'scan' as const),
      alpha: fc.constantFrom(0.01, 0.02),
      startup: fc.constantFrom(5, 8, 20),
      restart: fc.constantFrom('detection' as const, 'change' as const),
      practicalThreshold: fc.constantFrom(0, 1),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(given, given, given, (service, wanted, before) => {
      const own = serviceOptions(withServiceDefaults(service));
      const whole = serviceOptions(withServiceDefaults(wanted));
      const least = leastRule(whole, own, before);
      expect(optionsOfSeries({ ...before, ...least }, own)).toEqual({ options: whole });
      const ruled = new Set([...Object.keys(before), 'statistic']);
      if (own.statistic === whole.statistic)
        for (const [name, value] of Object.entries(least))
          expect(ruled.has(name) || value !== own[name as OptionName] || isDeepStrictEqual(own, whole)).toBe(
            true,
          );
    }),
  );
});
