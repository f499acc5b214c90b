import { type DynamoDBDocumentClient, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Acknowledgement } from '../acknowledgement.ts';
import {
  type ChangePointName,
  changePointAt,
  changePointKey,
  type StoredChangePoint,
} from './stored-change-point.ts';
import { unlessRefused } from './unless-refused.ts';

/**
 * Acknowledges a change point, once: a later acknowledgement does not replace the first, and a deleted change point stays deleted.
 *
 * @returns whether this one was the first
 */
export async function acknowledge(
  client: DynamoDBDocumentClient,
  tableName: string,
  name: ChangePointName,
  { acknowledgedAt, acknowledgedBy, note }: Acknowledgement,
): Promise<boolean> {
  const isNoted = note !== undefined;
  const command = new UpdateCommand({
    TableName: tableName,
    Key: changePointKey(name),
    // If the answer to the write is lost, the SDK repeats it, and finds its own.
    ConditionExpression:
      'attribute_exists(sortKey) AND (attribute_not_exists(acknowledgedAt) OR (acknowledgedAt = :at AND acknowledgedBy = :by))',
    UpdateExpression: `SET acknowledgedAt = :at, acknowledgedBy = :by${isNoted ? ', note = :note' : ''}`,
    ExpressionAttributeValues: {
      ':at': acknowledgedAt,
      ':by': acknowledgedBy,
      ...(isNoted && { ':note': note }),
    },
    ReturnValues: 'UPDATED_NEW',
  });
  return (await unlessRefused(client.send(command))) !== undefined;
}

/**
 * Takes an acknowledgement back, with its name and its note: the change point is unacknowledged again.
 *
 * @param acknowledgedAt - of the acknowledgement that is meant: one that has replaced it stays
 * @returns the item as it is now; `undefined` if another one stands, or the change point is deleted
 */
export async function takeBackAcknowledgement(
  client: DynamoDBDocumentClient,
  tableName: string,
  name: ChangePointName,
  acknowledgedAt: string,
): Promise<StoredChangePoint | undefined> {
  const command = new UpdateCommand({
    TableName: tableName,
    Key: changePointKey(name),
    // If the answer to the write is lost, the SDK repeats it, and finds nothing to take back.
    ConditionExpression:
      'attribute_exists(sortKey) AND (attribute_not_exists(acknowledgedAt) OR acknowledgedAt = :at)',
    UpdateExpression: 'REMOVE acknowledgedAt, acknowledgedBy, note',
    ExpressionAttributeValues: { ':at': acknowledgedAt },
    ReturnValues: 'ALL_NEW',
  });
  const updated = await unlessRefused(client.send(command));
  return updated?.Attributes as StoredChangePoint | undefined;
}

/**
 * The change points of a series that nobody has acknowledged, oldest first.
 *
 * @param through - only those known at this event or before it
 */
export async function unacknowledged(
  client: DynamoDBDocumentClient,
  tableName: string,
  seriesId: string,
  through?: string,
): Promise<readonly ChangePointName[]> {
  const first = changePointKey({ seriesId, eventKey: '' }).sortKey;
  const last = through === undefined ? undefined : changePointKey({ seriesId, eventKey: through }).sortKey;
  const pages = paginateQuery(
    { client },
    {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: `seriesId = :series AND ${
        last === undefined ? 'begins_with(sortKey, :first)' : 'sortKey BETWEEN :first AND :last'
      }`,
      FilterExpression: 'attribute_not_exists(acknowledgedAt)',
      ProjectionExpression: 'sortKey',
      ExpressionAttributeValues: {
        ':series': seriesId,
        ':first': first,
        ...(last !== undefined && { ':last': last }),
      },
    },
  );
  const found: ChangePointName[] = [];
  for await (const { Items = [] } of pages)
    found.push(...Items.flatMap(({ sortKey }) => changePointAt(seriesId, sortKey) ?? []));
  return found;
}
