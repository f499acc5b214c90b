import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Table, TableEncryption, type TableProps } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { checkedSetting } from './settings-table.ts';
import { capacityOf, scaleByUse, type TableCapacityProps } from './table-capacity.ts';

/**
 * What holds data outlives the stack, but not a first deployment that failed: its empty resources would be in the way of the
 * next try, above all those with a name.
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html, RetainExceptOnCreate.
 */
export const kept = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/** The settings of all resources that hold data. */
export interface StorageProps extends TableCapacityProps {
  /**
   * What happens to the stream, tables and bucket when the stack is deleted. With DESTROY the bucket is emptied first.
   * The default keeps them, unless the very deployment that created them fails: then they are empty, and are deleted.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Whether DynamoDB refuses every request to delete the tables.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;
  /**
   * Encrypts the stream, tables, bucket, topics, queues and logs. The policy of an imported key must allow CloudWatch, CloudWatch Logs
   * and SNS.
   *
   * @default the keys that each service manages itself
   */
  readonly encryptionKey?: IKey | undefined;
}

/** The partition key and the sort key of a table, both text. */
interface Schema {
  readonly partitionKey: string;
  readonly sortKey: string;
}

/** A table with point-in-time recovery over 35 days. */
export function keepingTable(
  scope: Construct,
  id: string,
  schema: Schema,
  tableName: string | undefined,
  { removalPolicy, deletionProtection, encryptionKey, ...capacityProps }: StorageProps,
  more: Partial<TableProps> = {},
): Table {
  const capacity = capacityOf(capacityProps);
  const table = new Table(scope, id, {
    ...(tableName !== undefined && { tableName }),
    partitionKey: { name: schema.partitionKey, type: AttributeType.STRING },
    sortKey: { name: schema.sortKey, type: AttributeType.STRING },
    ...capacity,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: checkedSetting('deletionProtection', deletionProtection),
    removalPolicy: removalPolicy ?? kept,
    ...(encryptionKey !== undefined && { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey }),
    ...more,
  });
  scaleByUse(table, capacity);
  return table;
}
