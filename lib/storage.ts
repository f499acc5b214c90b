import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { checkedSetting } from './settings-table.ts';

/** How everything that holds data is kept. */
export interface StorageProps {
  /**
   * What becomes of stream, tables and bucket when the stack is deleted; with DESTROY the bucket is emptied first.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Whether DynamoDB refuses to delete the tables, whoever asks.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;
  /**
   * Encrypts stream, tables, bucket, topics and logs. A key that is imported must let CloudWatch and its Logs use it.
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

/** A table with no capacity to plan and 35 days to go back to. */
export function keepingTable(
  scope: Construct,
  id: string,
  schema: Schema,
  tableName: string | undefined,
  { removalPolicy, deletionProtection, encryptionKey }: StorageProps,
  more: Partial<TableProps> = {},
): Table {
  return new Table(scope, id, {
    ...(tableName !== undefined && { tableName }),
    partitionKey: { name: schema.partitionKey, type: AttributeType.STRING },
    sortKey: { name: schema.sortKey, type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: checkedSetting('deletionProtection', deletionProtection),
    removalPolicy: removalPolicy ?? RemovalPolicy.RETAIN,
    ...(encryptionKey !== undefined && { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey }),
    ...more,
  });
}
