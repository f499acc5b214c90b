import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { detectChangePoints } from '@aed/core';
import { describe, expect, test } from 'vitest';
import { putEvents } from '../../../cli/produce/put-events.ts';
import { realBackoff } from '../../../lambda/backoff.ts';
import { typeset } from '../../../lambda/figures.ts';
import { names } from '../../../local/resources.ts';
import { startLivePage } from '../../../web/server/live-page.ts';
import type { History, Point, Snapshot, Update } from '../../../web/wire.ts';
import { usePipeline } from '../../use/backend.ts';
import { useStarted } from '../../use/started.ts';
import { readEvents } from './event-source.ts';

const pipeline = usePipeline({ environment: { PRACTICAL_THRESHOLD: '2' } });
const page = useStarted(() => startLivePage({ pipeline, title: 'A test', unit: 'm' }));

const second = 1000;
const start = Date.UTC(2020, 0, 1);
const readings = (seriesId: string, values: readonly number[], from = 0) =>
  values.map((value, index) => ({ seriesId, timestamp: start + (from + index) * second, value }));
const step = [...Array(20).fill(0), ...Array(20).fill(5)].map((level, index) => level + (index % 3));
const magnitude = detectChangePoints(step, { practicalThreshold: 2 })[0]?.magnitude;

async function put(events: readonly { readonly seriesId: string }[]): Promise<void> {
  await putEvents(pipeline.clients.kinesis, names.stream, events, { backoff: realBackoff });
}

async function allTested(): Promise<void> {
  await pipeline.recorder.doneWith(pipeline.streamPuts.count);
  await pipeline.detector.doneWith(pipeline.tableStream.length);
}

/** Asks as given, past what a browser or `fetch` would let through. */
function ask(path: string, method: string, host?: string): Promise<{ status: number; text: string }> {
  const { port } = new URL(page.url);
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path, method, ...(host !== undefined && { headers: { host } }) },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    asked.on('error', reject).end();
  });
}

describe('the path of a reading', () => {
  test('readers, early and late, see the series, its change, the notification and the counts', async () => {
    const early = await readEvents(`${page.url}api/overview`);
    const empty = await early.first<Snapshot>('snapshot');
    expect(empty).toMatchObject({ title: 'A test', unit: 'm', options: { practicalThreshold: 2 } });

    await put(readings('boiler', step));
    const { added } = await early.first<Update>('update', (update) => update.added.length > 0);
    expect(added[0]).toMatchObject({ seriesId: 'boiler' });
    const { notices } = await early.first<Update>('update', (update) => update.notices.length > 0);
    expect(notices).toEqual([
      {
        heardAt: expect.any(Number),
        found: expect.objectContaining({ seriesId: 'boiler', direction: 'up', magnitude }),
      },
    ]);
    const counts = { put: 40, recorded: 40, quarantined: 0, tested: 40, found: 1, notified: 1, errors: 0 };
    await early.first<Update>(
      'update',
      (update) => update.counts?.tested === 40 && update.counts.notified === 1,
    );

    const late = await readEvents(`${page.url}api/overview`);
    const snapshot = await late.first<Snapshot>('snapshot');
    expect(snapshot.counts).toMatchObject(counts);
    expect(snapshot.notices).toEqual(notices);
    expect(snapshot.series).toEqual([
      expect.objectContaining({
        seriesId: 'boiler',
        value: 5,
        time: start + 39 * second,
        level: 6,
        points: step,
        unacknowledged: 1,
        lastChange: {
          eventKey: notices[0]?.found.eventKey,
          heardAt: notices[0]?.heardAt,
          direction: 'up',
          size: typeset.signed(magnitude ?? Number.NaN),
        },
      }),
    ]);
    early.close();
    late.close();
  });

  test('a page that is started later knows what was there before', async () => {
    const later = await startLivePage({ pipeline });
    const reader = await readEvents(`${later.url}api/overview`);
    const { series, notices, counts } = await reader.first<Snapshot>('snapshot');
    expect(series).toMatchObject([{ seriesId: 'boiler', value: 5, level: 6, points: step }]);
    expect(notices).toMatchObject([{ found: { seriesId: 'boiler', magnitude } }]);
    expect(counts).toMatchObject({ put: 0, notified: 0 });
    reader.close();
    await later.close();
  });

  test('what is set aside is counted by its reason', async () => {
    const reader = await readEvents(`${page.url}api/overview`);
    await put([{ seriesId: 'boiler', timestamp: start, value: 'hot' } as { seriesId: string }]);
    const { counts } = await reader.first<Update>(
      'update',
      ({ counts: seen }) => Number(seen?.quarantined) > 0,
    );
    expect(counts).toMatchObject({ quarantined: 1, reasons: { 'bad-value': 1 } });
    reader.close();
  });
});

describe('an opened series', () => {
  test('comes with its history, then with each new reading, once', async () => {
    await put(readings('opened', step));
    await allTested();
    const reader = await readEvents(`${page.url}api/series?id=opened`);
    const history = await reader.first<History>('history');
    expect(history).toMatchObject({
      seriesId: 'opened',
      options: { practicalThreshold: 2, alpha: 0.01 },
      points: step.map((value, index) => [start + index * second, value]),
      changePoints: [{ direction: 'up', changedAt: new Date(start + 20 * second).toISOString() }],
      startsRegime: true,
    });

    await put([...readings('other', [1]), ...readings('opened', [7, 8], 40)]);
    const isLast = ([time]: Point) => time === start + 41 * second;
    await reader.first<readonly Point[]>('points', (points) => points.some(isLast));
    const points = reader.heard.flatMap(({ name, data }) => (name === 'points' ? (data as Point[]) : []));
    expect(points).toEqual([
      [start + 40 * second, 7],
      [start + 41 * second, 8],
    ]);
    reader.close();
  });

  test('a reading that takes the place of another brings the history again', async () => {
    const named = (value: number) => [{ seriesId: 'mended', timestamp: start, value, eventId: 'a' }];
    await put(named(1));
    await allTested();
    const reader = await readEvents(`${page.url}api/series?id=mended`);
    const { points: before } = await reader.first<History>('history');
    expect(before).toEqual([[start, 1]]);
    await put(named(2));
    const { points } = await reader.first<History>('history', (history) => history.points[0]?.[1] === 2);
    expect(points).toEqual([[start, 2]]);
    reader.close();
  });

  test.each([
    ['markup', '<img src=x onerror=alert(1)>'],
    ['a thousand characters', 'x'.repeat(1000)],
    ['writing from right to left, and its marks', '\u202eevil\u2066 שלום \u200f'],
    ['what means something in an address', '../../etc?id=a&b=c#d%00+ /'],
    ['line breaks and quotes', 'a\r\n\n"\'`\u2028\0b'],
    ['what cannot be encoded by itself', '😀 ☃ \u{10ffff}'],
  ])('a name of %s comes back as it is', async (_, seriesId) => {
    const all = await readEvents(`${page.url}api/overview`);
    await put(readings(seriesId, [1, 2]));
    await all.first<Update>('update', ({ added }) => added.some((series) => series.seriesId === seriesId));
    const reader = await readEvents(`${page.url}api/series?id=${encodeURIComponent(seriesId)}`);
    const history = await reader.first<History>('history');
    expect(history.seriesId).toBe(seriesId);
    expect(history.points[0]).toEqual([start, 1]);
    reader.close();
    all.close();
  });
});

describe('requests that no reader of the page makes are refused', () => {
  test.each([
    ['a foreign host', '/', 'GET', 'evil.example', 421],
    ['a foreign host with the port', '/api/overview', 'GET', `evil.example:80`, 421],
    ['the machine by another address', '/', 'GET', '0.0.0.0', 421],
    ['a write', '/', 'POST', undefined, 405],
    ['a write to a stream', '/api/overview', 'DELETE', undefined, 405],
    ['no series', '/api/series', 'GET', undefined, 400],
    ['an empty series', '/api/series?id=', 'GET', undefined, 400],
    ['a download of no series', '/api/readings.csv', 'GET', undefined, 400],
    ['another file', '/../package.json', 'GET', undefined, 404],
    ['an address that is none', '//', 'GET', undefined, 400],
    ['an address of another server', 'http://evil.example/', 'GET', undefined, 400],
  ])('%s', async (_, path, method, host, status) => {
    const answer = await ask(path, method, host);
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(/^[a-zA-Z][^<]*\n$/);
  });

  test('what names no series is told so', async () => {
    expect((await ask('/api/series', 'GET')).text).toBe('id must name a series, got none\n');
  });

  test('the name localhost is the same page', async () => {
    const { port } = new URL(page.url);
    expect((await ask('/', 'GET', `localhost:${port}`)).status).toBe(200);
  });
});

test('the page loads from its own server alone, and has no inline script or style', async () => {
  const answer = await fetch(page.url);
  const policy = answer.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  const html = await answer.text();
  for (const [, path] of html.matchAll(/(?:src|href)="(\/[^"]*)"/g)) {
    expect((await fetch(new URL(path ?? '', page.url))).status, path).toBe(200);
  }
  expect(html).not.toMatch(/<script(?![^>]*src=)|style=|onclick/);
});

test('a port that is taken is an error of one line', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(startLivePage({ pipeline, port })).rejects.toThrow(
    `port ${port} of 127.0.0.1 is in use: end the program that uses it, or choose another port`,
  );
  server.close();
});
