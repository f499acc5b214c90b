import { isDeepStrictEqual } from 'node:util';
import { type DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { type RuleKey, ruleKey, versionKey } from '../../../lambda/rules/rule-keys.ts';
import { names } from '../../../local/resources.ts';

const TableName = names.rulesTable;

/** The keys of an option and a mute of a series, and of a version that each had. */
function keysOf(text: string): readonly RuleKey[] {
  return (['options', 'mute'] as const).flatMap((subject) => {
    const rule = ruleKey(subject, { kind: 'series', text });
    return [rule, versionKey(rule, 1)];
  });
}

/** Stores rules of a series. */
export async function setRules(client: DynamoDBClient, seriesId: string): Promise<void> {
  for (const { scope, sortKey } of keysOf(seriesId))
    await client.send(
      new PutItemCommand({ TableName, Item: { scope: { S: scope }, sortKey: { S: sortKey } } }),
    );
}

/** What is wrong with the rules table, if it must hold those of these series and nothing else. */
export async function wrongRules(
  client: DynamoDBClient,
  series: readonly string[],
): Promise<readonly string[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  const found = Items.map(({ scope, sortKey }) => `${scope?.S} ${sortKey?.S}`).sort();
  const expected = series
    .flatMap(keysOf)
    .map(({ scope, sortKey }) => `${scope} ${sortKey}`)
    .sort();
  return isDeepStrictEqual(found, expected) ? [] : [`rules must be ${expected}, are ${found}`];
}
