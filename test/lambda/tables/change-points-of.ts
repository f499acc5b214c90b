import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { realSurroundings } from '../../../lambda/surroundings.ts';
import { type ChangePointsTable, changePointsTable } from '../../../lambda/tables/change-points-table.ts';
import { names } from '../../../local/resources.ts';

/** The change-points table of the local resources. */
export const changePointsOf = (client: DynamoDBDocumentClient): ChangePointsTable =>
  changePointsTable(client, names.changePointsTable, realSurroundings.newId);
