import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Acknowledgement } from '../../lambda/acknowledgement.ts';
import { documentClient } from '../../lambda/document-client.ts';
import { acknowledge, takeBackAcknowledgement, unacknowledged } from '../../lambda/tables/acknowledge.ts';
import type { ChangePointName, KnownChangePoint } from '../../lambda/tables/stored-change-point.ts';

/** Acknowledges the change points of a series that are known now. @returns those that nobody had acknowledged before */
export async function acknowledgeSeries(
  dynamoDb: DynamoDBClient,
  changePointsTable: string,
  seriesId: string,
  acknowledgement: Acknowledgement,
): Promise<readonly ChangePointName[]> {
  const client = documentClient(dynamoDb);
  const noted: ChangePointName[] = [];
  for (const name of await unacknowledged(client, changePointsTable, seriesId))
    if (await acknowledge(client, changePointsTable, name, acknowledgement)) noted.push(name);
  return noted;
}

/**
 * Takes back the last acknowledgement of a series: that of all change points that were acknowledged at the same time.
 *
 * @param changePoints - those of the series
 * @returns those that it was of, as they were
 */
export async function takeBackLast(
  dynamoDb: DynamoDBClient,
  changePointsTable: string,
  changePoints: readonly KnownChangePoint[],
): Promise<readonly KnownChangePoint[]> {
  const times = changePoints.flatMap(({ acknowledgedAt }) => acknowledgedAt ?? []).sort();
  const last = times.at(-1);
  if (last === undefined) return [];
  const client = documentClient(dynamoDb);
  const takenBack: KnownChangePoint[] = [];
  for (const found of changePoints.filter(({ acknowledgedAt }) => acknowledgedAt === last))
    if (await takeBackAcknowledgement(client, changePointsTable, found, last)) takenBack.push(found);
  return takenBack;
}
