import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../../lambda/document-client.ts';
import { pendingIndex } from '../../lambda/tables/pending-index.ts';
import { changePointAt } from '../../lambda/tables/stored-change-point.ts';
import { changePointsTableSchema } from '../../lib/table-schemas.ts';
import type { Clients } from '../clients.ts';
import { names } from '../resources.ts';

/**
 * Removes the claims on change points that are not published yet, and sweeps.
 *
 * No other process uses these tables. So the holders of all claims are dead, and nobody need wait for the end of a claim.
 *
 * @throws what the sweep throws
 */
export async function resumePublishing({ dynamoDb }: Clients, sweep: () => Promise<void>): Promise<void> {
  const client = documentClient(dynamoDb);
  const index = pendingIndex(client, names.changePointsTable, changePointsTableSchema.pendingIndex.name);
  for (const { seriesId, sortKey } of await index.items(Number.POSITIVE_INFINITY)) {
    if (changePointAt(seriesId, sortKey) === undefined) continue;
    await client.send(
      new UpdateCommand({
        TableName: names.changePointsTable,
        Key: { seriesId, sortKey },
        UpdateExpression: 'REMOVE claimedBy, claimedUntil',
      }),
    );
  }
  await sweep();
}
