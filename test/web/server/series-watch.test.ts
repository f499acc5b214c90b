import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dynamoClient } from '../../../lambda/clients.ts';
import { changePointKey } from '../../../lambda/tables/stored-change-point.ts';
import type { Clients } from '../../../local/clients.ts';
import { names } from '../../../local/resources.ts';
import { pipelineService } from '../../../web/server/pipeline-service.ts';
import { type SeriesWatch, watchSeries } from '../../../web/server/series-watch.ts';
import type { FollowedChange, History } from '../../../web/wire.ts';
import { aChangePoint } from '../../lambda/a-change-point.ts';
import { usePipeline } from '../../use/backend.ts';
import { clientsAt } from '../../use/clients.ts';
import { type EventReader, readEvents } from './event-source.ts';

const pipeline = usePipeline();
const seriesId = 'watched';
const keyOf = (second: number) => `2026-01-01T00:00:0${second}.000Z#e`;
const publishedAt = '2026-01-02T00:00:00.000Z';
const found: FollowedChange = { ...aChangePoint({ seriesId, eventKey: keyOf(6) }), publishedAt };
const noted: FollowedChange = { ...found, acknowledgedAt: '2026-01-03T00:00:00.000Z', acknowledgedBy: 'Ada' };

let dynamoDb: Clients['dynamoDb'];
/** What the watch has been answered by the tables. */
let answers = 0;
/** Until when it waits for the answers. */
let held = Promise.resolve();
let server: Server;
let watch: SeriesWatch;
let reader: EventReader;

const put = (TableName: string, Item: object) =>
  dynamoClient(pipeline.environment).send(new PutCommand({ TableName, Item: { seriesId, ...Item } }));
const store = (change: FollowedChange) =>
  put(names.changePointsTable, { ...change, ...changePointKey(change) });

beforeEach(async () => {
  for (const second of [5, 6, 7]) await put(names.eventsTable, { eventKey: keyOf(second), value: second });
  ({ dynamoDb } = clientsAt(pipeline.endpoints.dynamoDb));
  [answers, held] = [0, Promise.resolve()];
  dynamoDb.middlewareStack.add(
    (next) => async (call) => {
      const answer = await next(call);
      answers++;
      await held;
      return answer;
    },
    { step: 'initialize' },
  );
  const service = { ...pipelineService(pipeline), tables: { dynamoDb, ...names } };
  server = createServer((_, response) => {
    watch = watchSeries(service, seriesId, response, () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  reader = await readEvents(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});

afterEach(() => {
  reader.close();
  server.close();
  dynamoDb.destroy();
});

/** What the reader knows of the change, message by message. */
function known(): readonly (string | undefined)[] {
  return reader.heard.flatMap(({ name, data }) => {
    const all = name === 'history' ? (data as History).changePoints : (data as FollowedChange[]);
    return all.filter(({ id }) => id === found.id).map(({ acknowledgedBy }) => acknowledgedBy ?? 'nobody');
  });
}

test.each([
  ['older', noted, noted, found],
  ['newer', found, noted, noted],
])(
  'what is heard while the history is read, and %s than that, leaves what the table has',
  async (_, before, after, heard) => {
    await store(before);
    let release = () => {};
    held = new Promise((resolve) => {
      release = resolve;
    });
    watch.tick();
    await expect.poll(() => answers).toBe(3);
    await store(after);
    watch.changed(heard);
    release();
    const knownAfterTick = () => {
      watch.tick();
      return known();
    };
    await expect.poll(knownAfterTick).toHaveLength(2);
    expect(known().at(-1)).toBe('Ada');
  },
);

test('of a change from before the first reading that is shown, nothing is told', async () => {
  await store(found);
  watch.tick();
  const { changePoints } = await reader.first<History>('history');
  expect(changePoints).toHaveLength(1);
  for (const second of [1, 4, 5]) watch.changed({ ...found, id: keyOf(second), eventKey: keyOf(second) });
  watch.tick();
  const [first] = await reader.first<readonly FollowedChange[]>('changes');
  expect(first?.eventKey).toBe(keyOf(5));
});

test('all that the history is made of is read as it is now', async () => {
  const inputs: object[] = [];
  dynamoDb.middlewareStack.add(
    (next) => async (call) => {
      inputs.push({ ...call.input });
      return next(call);
    },
    { step: 'initialize' },
  );
  watch.tick();
  await reader.first<History>('history');
  expect(inputs.length).toBeGreaterThan(0);
  for (const input of inputs) expect(input).toMatchObject({ ConsistentRead: true });
});
