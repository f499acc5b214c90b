import { detectChangePoints } from '@aed/core';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBStreamEvent, KinesisStreamEvent } from 'aws-lambda';
import { dynamoClient } from '../../lambda/clients.ts';
import { type Event, eventKey, type StoredEvent } from '../../lambda/event.ts';
import type { Environment } from '../../lambda/settings.ts';
import { tableNames } from '../detector/service.ts';

/**
 * The two functions of the design that this one grew from, as its article describes them: the recorder puts one item for each record. For each item
 * the detector reads the last change point of the series, and all events since, and tests them as a whole.
 *
 * Source: "Detect change points in your event data stream using Amazon Kinesis Data Streams, Amazon DynamoDB and AWS Lambda",
 * AWS Big Data Blog
 */
export function originalDesign(environment: Environment) {
  const client = dynamoClient(environment);

  async function record({ Records }: KinesisStreamEvent): Promise<void> {
    for (const { kinesis } of Records) {
      const event: Event = JSON.parse(Buffer.from(kinesis.data, 'base64').toString());
      const { seriesId, value } = event;
      await client.send(
        new PutCommand({
          TableName: tableNames.events,
          Item: { seriesId, eventKey: eventKey(event), value },
        }),
      );
    }
  }

  async function detect({ Records }: DynamoDBStreamEvent): Promise<void> {
    for (const { dynamodb } of Records) {
      const seriesId = dynamodb?.Keys?.seriesId?.S ?? '';
      const newest = dynamodb?.Keys?.eventKey?.S ?? '';
      const events = await eventsSince(seriesId, await lastChangePoint(seriesId), newest);
      const found = detectChangePoints(events.map(({ value }) => value)).at(-1);
      if (found === undefined || found.detectedAt < events.length - 1) continue;
      await client.send(
        new PutCommand({
          TableName: tableNames.changePoints,
          Item: { seriesId, sortKey: newest, magnitude: found.magnitude },
        }),
      );
    }
  }

  /** The key of the last change point of a series; before the first one, a key before all events. */
  async function lastChangePoint(seriesId: string): Promise<string> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: tableNames.changePoints,
        KeyConditionExpression: 'seriesId = :series',
        ExpressionAttributeValues: { ':series': seriesId },
        ScanIndexForward: false,
        Limit: 1,
        ConsistentRead: true,
      }),
    );
    return Items[0]?.sortKey ?? '0';
  }

  async function eventsSince(
    seriesId: string,
    after: string,
    through: string,
  ): Promise<readonly StoredEvent[]> {
    const events: StoredEvent[] = [];
    for (let start: Record<string, unknown> | undefined; ; ) {
      const page = await client.send(
        new QueryCommand({
          TableName: tableNames.events,
          ConsistentRead: true,
          KeyConditionExpression: 'seriesId = :series AND eventKey BETWEEN :after AND :through',
          ExpressionAttributeValues: { ':series': seriesId, ':after': after, ':through': through },
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      events.push(...((page.Items ?? []) as StoredEvent[]));
      if (page.LastEvaluatedKey === undefined) return events;
      start = page.LastEvaluatedKey;
    }
  }

  return { record, detect };
}
