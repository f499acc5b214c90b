import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { forwarderHandler } from '../../lambda/forwarder/forwarder.ts';
import type { ReportEntry } from '../../lambda/function-report.ts';
import { type Clients, destroyClients } from '../../local/clients.ts';
import { aChangePoint } from '../lambda/a-change-point.ts';
import { until } from '../until.ts';
import { clientsAt } from '../use/clients.ts';
import { type MiniStack, startMiniStack } from './ministack.ts';
import { ruledBus } from './ruled-bus.ts';

let ministack: MiniStack;
let clients: Clients;
let reported: ReportEntry[];

beforeAll(async () => {
  ministack = await startMiniStack();
  clients = clientsAt(ministack.endpoint);
});
afterAll(async () => {
  if (clients !== undefined) destroyClients(clients);
  await ministack?.stop();
});
beforeEach(() => {
  reported = [];
});

/** Runs the function here, with the bus of the emulator. */
function forward(bus: string, found: readonly SeriesChangePoint[]) {
  const environment = {
    EVENT_BUS: bus,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: ministack.endpoint,
  };
  const Records = found.map((one) => ({
    messageId: one.id,
    receiptHandle: one.id,
    body: JSON.stringify(one),
  }));
  return forwarderHandler(environment, (entry) => reported.push(entry))({ Records });
}

test('a rule of the guide gets what it asks for of the change points that the forwarder puts on a bus', async () => {
  const bus = await ruledBus(ministack.endpoint, clients.sqs, 'plant');
  const boilers = await bus.rule('large-rises', {
    source: ['aed'],
    'detail-type': ['Change Point Detected'],
    detail: {
      seriesId: [{ prefix: 'boiler-' }],
      magnitude: [{ numeric: ['>=', 5] }],
      muted: [{ exists: false }],
    },
  });
  const wanted = aChangePoint({ id: 'wanted', seriesId: 'boiler-7', magnitude: 25 });
  const found: readonly SeriesChangePoint[] = [
    { ...wanted, id: 'small', magnitude: 1 },
    { ...wanted, id: 'other', seriesId: 'pump-3' },
    { ...wanted, id: 'muted', muted: true },
    { ...wanted, id: 'retracted', retractedAt: '2026-01-01T00:00:00.000Z' },
    wanted,
  ];
  expect(await forward('plant', found)).toEqual({ batchItemFailures: [] });
  expect(reported).toEqual([{ step: 'forwarder', forwarded: 5, refused: 0, foreign: 0 }]);
  const [first, ...others] = await until(
    'an event came through the bus',
    async () => {
      const taken = await boilers.take();
      return taken.length === 0 ? undefined : taken;
    },
    30_000,
  );
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    source: 'aed',
    'detail-type': 'Change Point Detected',
    detail: JSON.parse(JSON.stringify(wanted)),
  });
  bus.close();
});

test('what is put on a bus that is gone comes again, and comes through once there is one', async () => {
  const found = [aChangePoint({ id: 'a' }), aChangePoint({ id: 'b' })];
  // The bus of the emulator, like that of AWS, takes it for all that it says.
  expect(await forward('to-come', found)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'b' }],
  });
  expect(String(reported[0]?.error)).toContain("eventBus must be a bus that exists, got 'to-come'");
  const bus = await ruledBus(ministack.endpoint, clients.sqs, 'to-come');
  const all = await bus.rule('all', { source: ['aed'] });
  expect(await forward('to-come', found)).toEqual({ batchItemFailures: [] });
  const taken = await until(
    'both came through the bus',
    async () => {
      const events = await all.take();
      return events.length === 0 ? undefined : events;
    },
    30_000,
  );
  expect(taken.map(({ detail }) => detail.id)).toEqual(['a', 'b']);
  bus.close();
});
