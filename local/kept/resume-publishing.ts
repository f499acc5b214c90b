import { type DynamoDBClient, paginateScan, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { changePointAt } from '../../lambda/tables/stored-change-point.ts';
import type { Clients } from '../clients.ts';
import { names } from '../resources.ts';

/**
 * Removes the claims on change points that are not published yet, and sweeps.
 *
 * No other process uses these tables. So the holders of all claims are dead, and nobody need wait for the end of a claim.
 *
 * The index of what is pending does not say which these are: the emulator takes an item out of it before it writes the item, and a kill may
 * come between. Such a change point would never be swept, and those after it would wait for it. Writing its item brings it back into the index.
 *
 * @throws what the sweep throws
 */
export async function resumePublishing({ dynamoDb }: Clients, sweep: () => Promise<void>): Promise<void> {
  for await (const Key of unpublished(dynamoDb)) {
    await dynamoDb.send(
      new UpdateItemCommand({
        TableName: names.changePointsTable,
        Key,
        UpdateExpression: 'REMOVE claimedBy, claimedUntil',
      }),
    );
  }
  await sweep();
}

/** The keys of all change points that are not published. */
async function* unpublished(client: DynamoDBClient) {
  const pages = paginateScan(
    { client },
    {
      TableName: names.changePointsTable,
      FilterExpression: 'attribute_exists(pendingSince)',
      ProjectionExpression: 'seriesId, sortKey',
    },
  );
  for await (const { Items = [] } of pages)
    yield* Items.filter(
      ({ seriesId, sortKey }) => changePointAt(seriesId?.S ?? '', sortKey?.S ?? '') !== undefined,
    );
}
