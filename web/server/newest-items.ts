import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';

/** Which items of a series are read. */
export interface NewestItems {
  readonly table: string;
  /** Name of the sort key. */
  readonly sortKey: string;
  readonly seriesId: string;
  readonly most: number;
  /** Only items whose keys sort after this one, */
  readonly after?: string;
  /** or at this one and after it, */
  readonly from?: string;
  /** and before this one. */
  readonly before?: string;
  /** Default: true. Other reads cost half and may lag a second behind. */
  readonly isConsistent?: boolean;
}

/** Sorts after every key: no key begins with the last character there is. */
const last = '\u{10ffff}';
const first = ' ';

/** The newest items of a series in a table, oldest first. */
export async function readNewest<Item>(
  client: DynamoDBDocumentClient,
  { table, sortKey, seriesId, most, after, from = first, before = last, isConsistent = true }: NewestItems,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: `seriesId = :series AND ${sortKey} BETWEEN :from AND :before`,
      ExpressionAttributeValues: { ':series': seriesId, ':from': after ?? from, ':before': before },
      ConsistentRead: isConsistent,
      ScanIndexForward: false,
      Limit: most,
    },
  );
  for await (const { Items = [] } of pages) {
    items.push(...(Items as Item[]).filter((item) => !isBound(item, sortKey, after)));
    if (items.length >= most) break;
  }
  return items.slice(0, most).reverse();
}

/** BETWEEN includes its ends. */
function isBound<Item>(item: Item, sortKey: string, after: string | undefined): boolean {
  return (item as Record<string, unknown>)[sortKey] === after;
}
