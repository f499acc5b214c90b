import { detectChangePoints, resolveOptions } from '@aed/core';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect, test } from 'vitest';
import { putEvents } from '../../../cli/produce/put-events.ts';
import { realBackoff } from '../../../lambda/backoff.ts';
import { documentClient } from '../../../lambda/document-client.ts';
import { names } from '../../../local/resources.ts';
import { readHistory } from '../../../web/server/series-history.ts';
import { usePipeline } from '../../use/backend.ts';

const options = resolveOptions();
/** The time of the first reading. */
const begin = Date.UTC(2020);
const values = [0, 50, -50, 20].flatMap((level) =>
  Array.from({ length: 40 }, (_, index) => level + (index % 3)),
);
const found = detectChangePoints(values);

const pipeline = usePipeline();

beforeAll(async () => {
  const events = values.map((value, index) => ({
    seriesId: 's',
    timestamp: begin + index * 1000,
    value,
  }));
  const put = await putEvents(pipeline.clients.kinesis, names.stream, events, { backoff: realBackoff });
  await pipeline.recorder.doneWith(put);
  await pipeline.detector.doneWith(put);
});

test('a series that fits is read whole', async () => {
  const { history, eventKeys } = await readHistory({ ...pipeline.clients, ...names }, 's', options);
  expect(history.points).toEqual(values.map((value, index) => [begin + index * 1000, value]));
  expect(history.changePoints.map(({ magnitude }) => magnitude)).toEqual(
    found.map(({ magnitude }) => magnitude),
  );
  expect(history.changePoints[0]).not.toHaveProperty('sortKey');
  expect(history.changePoints[0]).toHaveProperty('publishedAt');
  expect(history.startsRegime).toBe(true);
  expect(history.regimeStart).toBe((found.at(-1)?.detectedAt ?? 0) + 1);
  expect(eventKeys.size).toBe(values.length);
});

test('of a longer one the newest regimes are read, and finding their changes again gives the same', async () => {
  const { history } = await readHistory({ ...pipeline.clients, ...names }, 's', options, 100);
  const first = ((history.points[0]?.[0] ?? 0) - begin) / 1000;
  expect(first).toBe((found[1]?.detectedAt ?? 0) + 1);
  expect(history.startsRegime).toBe(true);
  const again = detectChangePoints(history.points.map(([, value]) => value));
  expect(again.map(({ magnitude }) => magnitude)).toEqual(
    history.changePoints.map(({ magnitude }) => magnitude),
  );
  expect(again).toHaveLength(1);
  expect(history.regimeStart).toBe((again[0]?.detectedAt ?? 0) + 1);
});

test('where no regime begins among the readings, it says so', async () => {
  const { history } = await readHistory({ ...pipeline.clients, ...names }, 's', options, 10);
  expect(history).toMatchObject({ startsRegime: false, regimeStart: 0, changePoints: [] });
  expect(history.points).toHaveLength(10);
});

test('a series that nobody knows has no readings', async () => {
  const { history } = await readHistory({ ...pipeline.clients, ...names }, 'none', options);
  expect(history).toMatchObject({ points: [], changePoints: [] });
});

test('what somebody edited so that it cannot be shown is left out, and counted', async () => {
  const client = documentClient(pipeline.clients.dynamoDb);
  const put = (TableName: string, item: object) =>
    client.send(new PutCommand({ TableName, Item: { seriesId: 'edited', ...item } }));
  const keys = [0, 1, 2].map((second) => new Date(begin + second * 1000).toISOString());
  for (const [index, value] of [5, 'five', 7].entries())
    await put(names.eventsTable, { eventKey: `${keys[index]}#id`, value });
  await put(names.changePointsTable, { sortKey: `CP#${keys[1]}#id`, eventKey: `${keys[1]}#id` });
  const { history } = await readHistory({ ...pipeline.clients, ...names }, 'edited', options);
  expect(history).toMatchObject({
    points: [
      [begin, 5],
      [begin + 2000, 7],
    ],
    changePoints: [],
    damaged: { readings: 1, changePoints: 1 },
  });
});
