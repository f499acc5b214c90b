import { randomUUID } from 'node:crypto';
import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import type { DetectorHandler } from '../../lambda/detector/detector.ts';
import { documentClient } from '../../lambda/document-client.ts';
import type { FunctionReport } from '../../lambda/function-report.ts';
import { printable } from '../../lambda/printable.ts';
import { type ChangePointsTable, changePointsTable } from '../../lambda/tables/change-points-table.ts';
import type { Head } from '../../lambda/tables/head.ts';
import { deploymentLimits } from '../../lib/deployment-limits.ts';
import type { Clients } from '../clients.ts';
import { names } from '../resources.ts';

/** Of an item that closes a wave. */
type ClosingItem = Record<'eventKey' | 'wave', AttributeValue>;

/** So often a batch is tried, for a failure may pass. */
const attempts = 3;

/** Sorts after every event key, which starts with a year. */
const afterAllKeys = '~';

/**
 * Invokes the detector with the events that it has not tested yet.
 *
 * On AWS the stream of the events table outlives a crash. Here it is in memory, and its news follow from the tables: the
 * waves that were closed after the event at which the last test of their series ended. What no wave has closed is recorded again, since
 * its records are not done. A change point that is pending in a HEAD is stored when the event of its decision arrives again. That events
 * were deleted or corrected does not follow from the tables. So no chunk is believed any more, and each regime is read from the events once.
 *
 * A series that cannot go on is reported, and left as it is: its events are tested with its next one, or at the next start.
 *
 * @throws what the tables throw that is not of one series; the signal's reason if it aborts, between two batches
 */
export async function resumeDetection(
  { dynamoDb }: Clients,
  detector: DetectorHandler,
  report: FunctionReport,
  signal?: AbortSignal,
): Promise<void> {
  const leave = (seriesId: string, cause?: unknown) =>
    report({ step: 'detector', error: left(seriesId, cause) });
  let batch: DynamoDBRecord[] = [];
  for await (const record of news(dynamoDb, leave)) {
    signal?.throwIfAborted();
    batch.push(record);
    if (batch.length < deploymentLimits.detector.mapping.batchSize) continue;
    await bring(batch, detector, leave, signal);
    batch = [];
  }
  if (batch.length > 0) await bring(batch, detector, leave, signal);
}

function left(seriesId: string, cause: unknown): Error {
  const why = cause instanceof Error ? `: ${cause.message}` : '';
  const message = `${printable(seriesId)} could not go on with its kept events${why}; they are tested with its next one`;
  return new Error(message, { cause });
}

/** Invokes the detector. If it fails again and again, with each series by itself: one that cannot go on does not stop the others. */
async function bring(
  records: readonly DynamoDBRecord[],
  detector: DetectorHandler,
  leave: (seriesId: string) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    signal?.throwIfAborted();
    const { batchItemFailures } = await detector({ Records: [...records] });
    if (batchItemFailures.length === 0) return;
  }
  const series = bySeriesId(records);
  for (const [seriesId, its] of series)
    if (series.size === 1) leave(seriesId);
    else await bring(its, detector, leave, signal);
}

function bySeriesId(records: readonly DynamoDBRecord[]): ReadonlyMap<string, readonly DynamoDBRecord[]> {
  const series = new Map<string, DynamoDBRecord[]>();
  for (const record of records) {
    const seriesId = record.dynamodb?.Keys?.seriesId?.S ?? '';
    const known = series.get(seriesId) ?? [];
    series.set(seriesId, known);
    known.push(record);
  }
  return series;
}

/** The events that close what is not tested yet, of all series. */
async function* news(
  dynamoDb: DynamoDBClient,
  leave: (seriesId: string, cause: unknown) => void,
): AsyncGenerator<DynamoDBRecord> {
  const client = documentClient(dynamoDb);
  const changePoints = changePointsTable(client, names.changePointsTable, randomUUID);
  let count = 0;
  for await (const seriesId of keptSeries(client)) {
    try {
      const head = await withoutChunks(await changePoints.head(seriesId), changePoints);
      for await (const closing of untested(dynamoDb, seriesId, head))
        yield insertOf(seriesId, closing, count++);
    } catch (error) {
      leave(seriesId, error);
    }
  }
}

/** The HEAD, stored anew without its chunks if it has any. */
async function withoutChunks(head: Head, changePoints: ChangePointsTable): Promise<Head> {
  const { chunks, ...rest } = head;
  return chunks === undefined ? head : changePoints.moveHead(head, rest);
}

/** Each series that has events. One call finds the first event of a series; the next call starts after its last. */
async function* keptSeries(client: DynamoDBDocumentClient): AsyncGenerator<string> {
  let behind: Record<string, string> | undefined;
  for (;;) {
    const { Items } = await client.send(
      new ScanCommand({
        TableName: names.eventsTable,
        Limit: 1,
        ...(behind !== undefined && { ExclusiveStartKey: behind }),
      }),
    );
    const seriesId: string | undefined = Items?.[0]?.seriesId;
    if (seriesId === undefined) return;
    yield seriesId;
    behind = { seriesId, eventKey: afterAllKeys };
  }
}

/** The keys and marks of the closing items of a series that no test has seen, as DynamoDB's JSON. */
async function* untested(
  client: DynamoDBClient,
  seriesId: string,
  { testedThrough, pending }: Head,
): AsyncGenerator<ClosingItem> {
  if (pending !== undefined && testedThrough !== undefined)
    yield { eventKey: { S: testedThrough }, wave: { M: { id: { S: 'pending' } } } };
  const pages = paginateQuery(
    { client },
    {
      TableName: names.eventsTable,
      KeyConditionExpression: 'seriesId = :series AND eventKey > :after',
      ExpressionAttributeValues: { ':series': { S: seriesId }, ':after': { S: testedThrough ?? ' ' } },
      FilterExpression: 'attribute_exists(wave)',
      ProjectionExpression: 'eventKey, wave',
    },
  );
  for await (const page of pages) yield* (page.Items ?? []) as ClosingItem[];
}

function insertOf(seriesId: string, { eventKey, wave }: ClosingItem, number: number): DynamoDBRecord {
  const Keys = { seriesId: { S: seriesId }, eventKey };
  return {
    eventName: 'INSERT',
    dynamodb: { Keys, NewImage: { ...Keys, wave }, SequenceNumber: String(number) },
  };
}
