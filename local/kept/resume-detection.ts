import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient, paginateQuery, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { DetectorHandler } from '../../lambda/detector/detector.ts';
import {
  type ChangePointsTable,
  changePointsTable,
  type Head,
} from '../../lambda/tables/change-points-table.ts';
import { deploymentLimits } from '../../lib/deployment-limits.ts';
import type { Clients } from '../clients.ts';
import { names } from '../resources.ts';

/** Sorts after every event key, which starts with a year. */
const afterAllKeys = '~';

/**
 * Invokes the detector with the events that it has not tested yet.
 *
 * On AWS the stream of the events table outlives a crash. Here it is in memory, and its content follows from the tables:
 * the events after the one at which the last test of their series ended. A pending change point is settled when the event
 * of its decision arrives again.
 *
 * @throws Error if the detector cannot take them
 */
export async function resumeDetection({ dynamoDb }: Clients, detector: DetectorHandler): Promise<void> {
  const client = DynamoDBDocumentClient.from(dynamoDb, { unmarshallOptions: { wrapNumbers: Number } });
  const changePoints = changePointsTable(client, names.changePointsTable, randomUUID);
  let batch: DynamoDBRecord[] = [];
  const bring = async () => {
    const { batchItemFailures } = await detector({ Records: batch });
    if (batchItemFailures.length > 0) throw new Error('the detector could not go on with the kept events');
    batch = [];
  };
  for await (const seriesId of keptSeries(client)) {
    const head = await unclaimed(await changePoints.head(seriesId), changePoints);
    for await (const eventKey of untested(client, seriesId, head)) {
      batch.push(insertOf(seriesId, eventKey, batch.length));
      if (batch.length === deploymentLimits.detector.mapping.batchSize) await bring();
    }
  }
  if (batch.length > 0) await bring();
}

/** No other process uses these tables. So the holders of all claims are dead, and the claims can be removed. */
async function unclaimed(head: Head, changePoints: ChangePointsTable): Promise<Head> {
  const { claimedBy, claimedUntil: _, ...free } = head;
  return claimedBy === undefined ? head : changePoints.moveHead(head, free);
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

async function* untested(
  client: DynamoDBDocumentClient,
  seriesId: string,
  { testedThrough, pending }: Head,
): AsyncGenerator<string> {
  if (pending !== undefined && testedThrough !== undefined) yield testedThrough;
  const pages = paginateQuery(
    { client },
    {
      TableName: names.eventsTable,
      KeyConditionExpression: 'seriesId = :series AND eventKey > :after',
      ExpressionAttributeValues: { ':series': seriesId, ':after': testedThrough ?? ' ' },
      ProjectionExpression: 'eventKey',
    },
  );
  for await (const page of pages) for (const { eventKey } of page.Items ?? []) yield eventKey;
}

function insertOf(seriesId: string, eventKey: string, number: number): DynamoDBRecord {
  return {
    eventName: 'INSERT',
    dynamodb: {
      Keys: { seriesId: { S: seriesId }, eventKey: { S: eventKey } },
      SequenceNumber: String(number),
    },
  };
}
