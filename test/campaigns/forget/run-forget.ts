import { detectChangePoints } from '@aed/core';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { forgetSeries, heldOfSeries } from '../../../cli/forget/forget-series.ts';
import { storesOfSeries } from '../../../cli/forget/stores-of-series.ts';
import { defaultRecordSettings } from '../../../cli/record-flags.ts';
import { documentClient } from '../../../lambda/document-client.ts';
import { changePointAt } from '../../../lambda/tables/stored-change-point.ts';
import { toldSeries } from '../../../lambda/tables/told-series.ts';
import { changePointsTableSchema } from '../../../lib/table-schemas.ts';
import type { Pipeline } from '../../../local/pipeline.ts';
import { names } from '../../../local/resources.ts';
import { readChangePoints } from '../../../local/stored.ts';
import { sink } from '../../cli/in-process.ts';
import { until } from '../../until.ts';
import { quarantinedObjects } from './quarantined-objects.ts';
import { setRules, wrongRules } from './rules-of-series.ts';
import { forgotten, lookalikes, readingsOf, type SeriesRecord, valueAt } from './series-records.ts';

/** What came of it. */
export interface ForgetRun {
  /** Nothing is right. */
  readonly wrong: readonly string[];
  readonly deleted: Readonly<Record<string, number>>;
  /** Readings of the others that were put meanwhile. */
  readonly meanwhile: number;
  readonly stops: number;
}

/** How large a run is. */
export interface ForgetSize {
  /** Other series, at least as many as there are lookalikes. */
  readonly others: number;
  /** Readings of the forgotten series: of some 750 the first 500 of its last regime are a chunk. */
  readonly own: number;
  /** How often the command is stopped: each time after some more deletes. */
  readonly stops: number;
}

/** Readings of each of the others before, and in each round of load. */
const [before, round] = [50, 5];

/**
 * Forgets one series among others while these go on, and stops and begins again some times. Nothing of it must be left, in any store, and
 * the others must have what they would have had without it. The digest of the pipeline waits for no other change points.
 */
export async function runForget(pipeline: Pipeline, { others, own, stops }: ForgetSize): Promise<ForgetRun> {
  const { s3, kinesis } = pipeline.clients;
  const Bucket = names.quarantineBucket;
  const ids = [
    ...lookalikes,
    ...Array.from({ length: others - lookalikes.length }, (_, at) => `series-${at}`),
  ];
  let sent = 0;
  const objects = quarantinedObjects(ids[0] ?? '');

  await put([readingsOf(forgotten, 0, own), ...ids.map((id) => readingsOf(id, 0, before))]);
  for (const [Key, { body }] of Object.entries(objects))
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: body }));
  for (const seriesId of [forgotten, ...lookalikes]) await setRules(pipeline.clients.dynamoDb, seriesId);
  await tested();
  // What waits for the digest cannot be forgotten: it is told, and remembered, later.
  await until('people are told of the series', isTold, 60_000);

  let each = before;
  let isOver = false;
  const load = (async () => {
    while (!isOver) {
      await put(ids.map((id) => readingsOf(id, each, each + round)));
      each += round;
    }
  })();
  const deleted: Record<string, number> = {};
  for (let stop = 0; stop <= stops; stop++) {
    const stopping = new AbortController();
    const stores = storesOfSeries(
      pipeline.clients,
      forgotten,
      { ...names, bucket: Bucket, records: defaultRecordSettings },
      stopping.signal,
    );
    const stopped = stores.map((store) => ({
      ...store,
      delete: (onDeleted: (more: number) => void) =>
        store.delete((more) => {
          onDeleted(more);
          deleted[store.name] = (deleted[store.name] ?? 0) + more;
          const all = Object.values(deleted).reduce((sum, count) => sum + count, 0);
          if (stop < stops && all > (own * (stop + 1)) / (stops + 1)) stopping.abort();
        }),
    }));
    const forgetting = heldOfSeries(stores).then((held) =>
      forgetSeries(forgotten, stopped, held, { error: sink().stream }),
    );
    const { inseparable } = await forgetting.catch((error: unknown) => {
      if (!stopping.signal.aborted) throw error;
      return { inseparable: [] };
    });
    if (stop === stops && inseparable.length > 0) deleted['left in the quarantine'] = inseparable.length;
  }
  isOver = true;
  await load;
  await tested();
  const wrong = [
    ...(await leftOver()),
    ...(await wrongRules(pipeline.clients.dynamoDb, lookalikes)),
    ...(await othersWrong()),
  ];
  return { wrong, deleted, meanwhile: (each - before) * ids.length, stops };

  async function put(records: readonly SeriesRecord[]): Promise<void> {
    for (let at = 0; at < records.length; at += 100) {
      const Records = records
        .slice(at, at + 100)
        .map(({ partitionKey, data }) => ({ PartitionKey: partitionKey, Data: Buffer.from(data) }));
      const { FailedRecordCount } = await kinesis.send(
        new PutRecordsCommand({ StreamName: names.stream, Records }),
      );
      if (FailedRecordCount) throw new Error(`${FailedRecordCount} records were not taken`);
      sent += Records.length;
    }
    await pipeline.recorder.doneWith(sent);
  }

  async function tested(): Promise<void> {
    await pipeline.tableStream.caughtUp();
    await pipeline.detector.doneWith(pipeline.tableStream.length);
  }

  async function isTold(): Promise<true | undefined> {
    const { dynamoDb } = pipeline.clients;
    const { tellings } = await toldSeries(documentClient(dynamoDb), names.changePointsTable).read(forgotten);
    const found = (await itemsOf(names.changePointsTable, forgotten)).filter(
      ({ sortKey }) => changePointAt(forgotten, sortKey?.S ?? '') !== undefined,
    );
    return tellings.filter((telling) => telling.isTold).length === found.length || undefined;
  }

  async function itemsOf(TableName: string, seriesId: string, IndexName?: string) {
    const { Items = [] } = await pipeline.clients.dynamoDb.send(
      new QueryCommand({
        TableName,
        ...(IndexName !== undefined && { IndexName }),
        KeyConditionExpression: 'seriesId = :series',
        ExpressionAttributeValues: { ':series': { S: seriesId } },
      }),
    );
    return Items;
  }

  async function leftOver(): Promise<readonly string[]> {
    const inTables = [
      ...(await itemsOf(names.eventsTable, forgotten)),
      ...(await itemsOf(names.changePointsTable, forgotten)),
      ...(await itemsOf(names.changePointsTable, forgotten, changePointsTableSchema.pendingIndex.name)),
    ];
    const left = inTables.map((item) => `left in a table: ${JSON.stringify(item)}`);
    const kept: string[] = [];
    for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket })) {
      for (const { Key = '' } of page.Contents ?? []) {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
        const text = (await Body?.transformToString()) ?? '';
        if (text !== objects[Key]?.after)
          left.push(`quarantine: ${Key} must be ${objects[Key]?.after}, is ${text}`);
        kept.push(Key);
      }
    }
    const expected = Object.keys(objects).filter((key) => objects[key]?.after !== undefined);
    if (kept.sort().join() !== expected.sort().join())
      left.push(`the quarantine must hold ${expected}, holds ${kept}`);
    return left;
  }

  async function othersWrong(): Promise<readonly string[]> {
    const values = Array.from({ length: each }, (_, index) => valueAt(index));
    const changes = detectChangePoints(values).map(({ detectedAt }) => detectedAt);
    const found = new Map<string, number>();
    for (const { seriesId } of await readChangePoints(pipeline.clients))
      found.set(seriesId, (found.get(seriesId) ?? 0) + 1);
    const wrong: string[] = [];
    for (const id of ids) {
      const events = (await itemsOf(names.eventsTable, id)).length;
      if (events !== each) wrong.push(`${id} must have ${each} events, has ${events}`);
      if (found.get(id) !== changes.length)
        wrong.push(`${id} must have ${changes.length} change points, has ${found.get(id)}`);
    }
    return wrong;
  }
}
