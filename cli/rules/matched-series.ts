import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../../lambda/document-client.ts';
import { plain } from '../../lambda/figures.ts';
import { meantBy, type RuleTarget } from '../../lambda/rules/rule-target.ts';
import { headSortKey } from '../../lambda/tables/head.ts';
import { describeError } from '../describe-error.ts';
import { targetText } from './rule-view.ts';

/** How many series of a service match a rule now, among those that were looked at. */
export interface MatchedSeries {
  readonly matches: number;
  /** Series that were looked at. */
  readonly lookedAt: number;
  /** Whether these are all series of the service. */
  readonly isAll: boolean;
}

/** What the commands that count matches say of it in their help. */
export const matchHelp = `
It says how many series with readings match now: it reads the change-points table, up to 10 MB. In a
deployed service, that needs --change-points-table and permission to get items and to scan.
`;

/** Pages of the table that are read at most, of 1 MB each. */
const mostPages = 10;

/**
 * Counts the series with readings that match a rule. They are those with a HEAD, which the first test of a series stores.
 *
 * Cost: one read for a name; for a pattern a scan of the table, of 10 MB at most.
 */
export async function matchedSeries(
  dynamoDb: DynamoDBClient,
  TableName: string,
  target: RuleTarget,
  most: number = mostPages,
): Promise<MatchedSeries> {
  const client = documentClient(dynamoDb);
  if (target.kind === 'series') {
    const Key = { seriesId: target.text, sortKey: headSortKey };
    const { Item } = await client.send(new GetCommand({ TableName, Key, ProjectionExpression: 'seriesId' }));
    return { matches: Item === undefined ? 0 : 1, lookedAt: 1, isAll: true };
  }
  const isMeant = meantBy(target);
  const pages = paginateScan(
    { client },
    {
      TableName,
      FilterExpression: 'sortKey = :head',
      ExpressionAttributeValues: { ':head': headSortKey },
      ProjectionExpression: 'seriesId',
    },
  );
  let [matches, lookedAt, read] = [0, 0, 0];
  for await (const { Items = [], LastEvaluatedKey } of pages) {
    lookedAt += Items.length;
    matches += Items.filter(({ seriesId }) => isMeant(seriesId)).length;
    if (LastEvaluatedKey === undefined) return { matches, lookedAt, isAll: true };
    if (++read === most) break;
  }
  return { matches, lookedAt, isAll: false };
}

/** The same where the table may be unknown or unreadable, since the rule is set anyway. @returns also a sentence for people */
export async function matchesOf(
  dynamoDb: DynamoDBClient,
  changePointsTable: string | undefined,
  target: RuleTarget,
): Promise<{ readonly matched?: MatchedSeries; readonly text: string }> {
  if (changePointsTable === undefined)
    return { text: 'Give --change-points-table as well to see how many series it matches.' };
  try {
    const matched = await matchedSeries(dynamoDb, changePointsTable, target);
    return { matched, text: matchedText(target, matched) };
  } catch (error) {
    return { text: `How many series it matches could not be counted: ${describeError(error)}` };
  }
}

/** It as a sentence. */
export function matchedText(target: RuleTarget, { matches, lookedAt, isAll }: MatchedSeries): string {
  const later = 'it will apply when one comes';
  if (target.kind === 'series')
    return matches > 0
      ? 'The service has this series.'
      : `No series with readings has the name ${targetText(target)} yet: ${later}.`;
  const looked = plain.counted(lookedAt, 'series', 'series');
  const some = isAll ? `of ${looked} with readings` : `of the ${looked} that were looked at; there are more`;
  return matches > 0
    ? `It matches ${plain.counted(matches, 'series', 'series')} now, ${some}.`
    : `It matches no series now, ${some}: ${later}.`;
}
