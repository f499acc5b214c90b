import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  paginateQuery,
} from '@aws-sdk/lib-dynamodb';
import { nearestStorable } from '../dynamo-number.ts';
import { unlessRefused } from '../tables/unless-refused.ts';
import { withMaps } from '../tables/with-maps.ts';
import { currentScope, type RuleKey } from './rule-keys.ts';
import { isExpired, type RuleItem } from './stored-rule.ts';

/** The rules table: `RULES` holds those that hold, and other scopes the versions that each had. */
export interface RulesTable {
  /** The items of a scope in the order of their keys, in pages. @param newestFirst - in the opposite order */
  read(scope: string, newestFirst?: boolean): AsyncIterable<readonly RuleItem[]>;
  get(key: RuleKey): Promise<RuleItem | undefined>;
  put(item: RuleKey): Promise<void>;
  /**
   * Puts an item in the place of the one of this version.
   *
   * @param version - whatever stands there as one; `undefined` if there is no item, or one without a version
   * @returns whether that one was there
   */
  replace(item: RuleKey, version: unknown): Promise<boolean>;
  delete(key: RuleKey): Promise<void>;
}

export function rulesTable(client: DynamoDBDocumentClient, TableName: string): RulesTable {
  return {
    async *read(scope, newestFirst = false) {
      const pages = paginateQuery(
        { client },
        {
          TableName,
          ConsistentRead: true,
          KeyConditionExpression: '#scope = :scope',
          ExpressionAttributeNames: { '#scope': 'scope' },
          ExpressionAttributeValues: { ':scope': scope },
          ScanIndexForward: !newestFirst,
        },
      );
      for await (const { Items = [] } of pages) yield Items;
    },

    async get(Key) {
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item;
    },

    async put(item) {
      await client.send(new PutCommand({ TableName, Item: withMaps(item) }));
    },

    async replace(item, version) {
      const put = new PutCommand({
        TableName,
        Item: withMaps(item),
        ExpressionAttributeNames: { '#version': 'version' },
        ...isVersion(version),
      });
      return (await unlessRefused(client.send(put))) !== undefined;
    },

    async delete(Key) {
      await client.send(new DeleteCommand({ TableName, Key }));
    },
  };
}

/** The condition that a version is the one that was read. Of a number that was written by hand the table may have more digits than a double. */
function isVersion(
  version: unknown,
): Pick<PutCommandInput, 'ConditionExpression' | 'ExpressionAttributeValues'> {
  if (version === undefined) return { ConditionExpression: 'attribute_not_exists(#version)' };
  if (typeof version !== 'number')
    return {
      ConditionExpression: '#version = :version',
      ExpressionAttributeValues: { ':version': version },
    };
  const gap = Math.max(0.5, Math.abs(version) * Number.EPSILON);
  return {
    ConditionExpression: '#version BETWEEN :low AND :high',
    ExpressionAttributeValues: {
      ':low': nearestStorable(version - gap),
      ':high': nearestStorable(version + gap),
    },
  };
}

/**
 * All rules that hold. Those that expired are left out: none of the others has to give way to them.
 *
 * @param most - reading ends when so many are found, and one more
 */
export async function currentRules(table: RulesTable, most: number, now: Date): Promise<readonly RuleItem[]> {
  const items: RuleItem[] = [];
  for await (const page of table.read(currentScope)) {
    items.push(...page.filter((item) => !isExpired(item, now)));
    if (items.length > most) break;
  }
  return items;
}
