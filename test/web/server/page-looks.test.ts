import { resolveOptions } from '@aed/core';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { dynamoClient } from '../../../lambda/clients.ts';
import { changePointKey } from '../../../lambda/tables/stored-change-point.ts';
import { names } from '../../../local/resources.ts';
import { watchAll } from '../../../web/server/overview.ts';
import { pageLooks } from '../../../web/server/page-looks.ts';
import { pipelineService } from '../../../web/server/pipeline-service.ts';
import { recall } from '../../../web/server/recall.ts';
import { aChangePoint } from '../../lambda/a-change-point.ts';
import { usePipeline } from '../../use/backend.ts';

const pipeline = usePipeline();
const eventKey = '2026-01-01T00:00:01.000Z#e';
const put = (TableName: string, Item: object) =>
  dynamoClient(pipeline.environment).send(new PutCommand({ TableName, Item }));

test('series whose readings are not read at the start are read afterwards, and those without any go', async () => {
  const stored = ['a', 'b', 'c', 'd'];
  for (const seriesId of [...stored, 'bare']) {
    await put(names.changePointsTable, { seriesId, sortKey: 'HEAD', version: 1 });
    const found = aChangePoint({ seriesId, eventKey, id: seriesId });
    const item = { ...found, ...changePointKey(found), publishedAt: '2026-01-02T00:00:00.000Z' };
    if (seriesId !== 'a') await put(names.changePointsTable, item);
  }
  for (const seriesId of stored) await put(names.eventsTable, { seriesId, eventKey, value: 7 });
  const service = pipelineService(pipeline);
  const overview = watchAll(service, { title: '', unit: '', options: resolveOptions() });
  const { board } = overview;
  overview.recalled(await recall(service.tables, 1));
  expect(board.states.length).toBeLessThanOrEqual(1);
  expect(board.states.length + board.unshown).toBe(stored.length + 1);
  const reads = { failed() {}, worked() {} };
  const stop = pageLooks(service, overview, overview.followed, reads).start();
  await expect.poll(() => board.states.map(({ seriesId }) => seriesId).sort()).toEqual(stored);
  await expect.poll(() => board.unshown).toBe(0);
  expect([...board.unacknowledged].sort()).toEqual(['b', 'c', 'd']);
  stop();
  overview.stop();
});
