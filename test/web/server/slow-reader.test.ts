import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolveOptions } from '@aed/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Overview, watchAll } from '../../../web/server/overview.ts';
import { pageLimits } from '../../../web/server/page-limits.ts';
import { pipelineService } from '../../../web/server/pipeline-service.ts';
import type { Snapshot, Update } from '../../../web/wire.ts';
import { aChangePoint } from '../../lambda/a-change-point.ts';
import { usePipeline } from '../../use/backend.ts';
import { readEvents } from './event-source.ts';

const pipeline = usePipeline();
let overview: Overview;
let server: Server;
let url: string;

beforeAll(async () => {
  overview = watchAll(pipelineService(pipeline), { title: '', unit: '', options: resolveOptions() });
  server = createServer((_, response) => overview.stream(response, () => {}));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(() => {
  overview.stop();
  server.closeAllConnections();
  server.close();
});

const rounds = 150;

const changePoint = (id: string) => aChangePoint({ id, seriesId: 'x'.repeat(1000) });

test('a reader that stops reading misses updates and gets a snapshot when it goes on; other readers miss nothing', async () => {
  const slow = await readEvents(url);
  await slow.first('snapshot');
  slow.pause();
  const fast = await readEvents(url);

  // Some 20 MB in all: more than the sockets between take.
  for (let round = 0; round < rounds; round++) {
    for (let at = 0; at < pageLimits.notices; at++) overview.notified(changePoint(`${round}-${at}`));
    overview.tick();
    const last = `${round}-${pageLimits.notices - 1}`;
    await fast.first<Update>('update', ({ notices }) => notices.at(-1)?.found.id === last);
  }
  expect(fast.heard.filter(({ name }) => name === 'update')).toHaveLength(rounds);

  slow.resume();
  const inBetween = () => slow.heard.filter(({ name }) => name === 'update').length;
  const last = `${rounds - 1}-${pageLimits.notices - 1}`;
  const ticking = setInterval(() => overview.tick(), 20);
  const told = await slow.first<Snapshot>('snapshot', ({ notices }) => notices.at(-1)?.found.id === last);
  clearInterval(ticking);
  expect(told.counts?.notified).toBe(rounds * pageLimits.notices);
  expect(inBetween()).toBeLessThan(rounds);
  slow.close();
  fast.close();
});
