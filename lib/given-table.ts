import { Stack } from 'aws-cdk-lib';
import { CfnGlobalTable, CfnTable, type ITable, type Table, type TableV2 } from 'aws-cdk-lib/aws-dynamodb';

/** A table, new or given. With `exactOptionalPropertyTypes`, CDK's own table classes are not assignable to `ITable`. */
export type AnyTable = ITable | Table | TableV2;

interface Keys {
  readonly partitionKey: string;
  readonly sortKey: string;
}

/** What the template says of a table that is defined in the same app. */
interface SeenTable {
  readonly keySchema: readonly { readonly attributeName: string }[];
  readonly attributeDefinitions: readonly {
    readonly attributeName: string;
    readonly attributeType: string;
  }[];
  readonly streamSpecification?: { readonly streamViewType?: string };
  readonly globalSecondaryIndexes?: readonly Pick<SeenIndex, 'indexName' | 'keySchema'>[];
}

interface SeenIndex {
  readonly indexName: string;
  readonly keySchema: SeenTable['keySchema'];
}

/** The table's part of the template; `undefined` for one that is imported, of which synth knows nothing. */
function seen(table: AnyTable): SeenTable | undefined {
  const resource = table.node.defaultChild;
  if (!(resource instanceof CfnTable || resource instanceof CfnGlobalTable)) return undefined;
  const { keySchema, attributeDefinitions, streamSpecification, globalSecondaryIndexes } = resource;
  return Stack.of(table).resolve({
    keySchema,
    attributeDefinitions,
    streamSpecification,
    globalSecondaryIndexes,
  });
}

/** @throws RangeError if the table is seen to have other keys than these two, both text */
export function refuseOtherKeys(name: string, table: AnyTable, keys: Keys): void {
  const found = seen(table);
  if (found === undefined) return;
  const types = new Map(found.attributeDefinitions.map((each) => [each.attributeName, each.attributeType]));
  const shown = (each: { readonly attributeName: string }) =>
    `${each.attributeName} (${types.get(each.attributeName)})`;
  const wanted = [keys.partitionKey, keys.sortKey].map((key) => `${key} (S)`).join(', ');
  const got = found.keySchema.map(shown).join(', ');
  if (got !== wanted) throw new RangeError(`${name} must have the keys ${wanted}, got ${got}`);
}

/** @throws RangeError if the table has no stream, or is seen to have one of another type */
export function refuseOtherStream(name: string, table: AnyTable, viewType: string): void {
  const rule = `${name} must have a stream of the type ${viewType}`;
  if (table.tableStreamArn === undefined) {
    throw new RangeError(`${rule}, got none: an imported table needs its tableStreamArn`);
  }
  const type = seen(table)?.streamSpecification?.streamViewType;
  if (type === undefined || type === viewType) return;
  throw new RangeError(`${rule}, got ${type}`);
}

/** @throws RangeError if the table is seen to lack the index */
export function refuseWithoutIndex(
  name: string,
  table: AnyTable,
  index: Keys & { readonly name: string },
): void {
  const found = seen(table);
  if (found === undefined) return;
  const { globalSecondaryIndexes: indexes = [] } = found;
  const same = indexes.find(({ indexName }) => indexName === index.name);
  const wanted = [index.partitionKey, index.sortKey].join(', ');
  const got = same?.keySchema.map(({ attributeName }) => attributeName).join(', ');
  if (got === wanted) return;
  throw new RangeError(
    `${name} must have an index '${index.name}' with the keys ${wanted}, got ${got ?? 'none'}`,
  );
}
