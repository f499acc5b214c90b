import { AttributeType, StreamViewType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { changePointsTableSchema, eventsTableSchema, rulesTableSchema } from '../../lib/table-schemas.ts';
import { grantsOf } from './grants.ts';
import { propertiesOf, resourcesOf, withProps } from './synthesize.ts';

const arn = (service: string, name: string) => `arn:aws:${service}:eu-central-1:123456789012:${name}`;
const tableArn = arn('dynamodb', 'table/our-events');
const tableStreamArn = `${tableArn}/stream/2026-01-31T12:00:00.000`;
const keyArn = arn('kms', 'key/of-the-table');
const rulesArn = arn('dynamodb', 'table/our-rules');
const changesArn = arn('dynamodb', 'table/our-changes');

const text = (name: string) => ({ name, type: AttributeType.STRING });
const eventKeys = {
  partitionKey: text(eventsTableSchema.partitionKey),
  sortKey: text(eventsTableSchema.sortKey),
};
const changeKeys = {
  partitionKey: text(changePointsTableSchema.partitionKey),
  sortKey: text(changePointsTableSchema.sortKey),
};
const ruleKeys = {
  partitionKey: text(rulesTableSchema.partitionKey),
  sortKey: text(rulesTableSchema.sortKey),
};
const { pendingIndex } = changePointsTableSchema;
const index = {
  indexName: pendingIndex.name,
  partitionKey: text(pendingIndex.partitionKey),
  sortKey: text(pendingIndex.sortKey),
};

describe('tables that exist', () => {
  const template = withProps((stack) => ({
    eventsTable: Table.fromTableAttributes(stack, 'Events', {
      tableArn,
      tableStreamArn,
      encryptionKey: Key.fromKeyArn(stack, 'GivenKey', keyArn),
    }),
    changePointsTable: Table.fromTableArn(stack, 'Changes', changesArn),
    rulesTable: Table.fromTableArn(stack, 'Rules', rulesArn),
  }));

  test('are used, and none is made', () => {
    template.resourceCountIs('AWS::DynamoDB::Table', 0);
    const mapping = propertiesOf(template, 'AWS::Lambda::EventSourceMapping', 'DetectionDetectorRecords');
    expect(mapping.EventSourceArn).toBe(tableStreamArn);
    const { Environment } = propertiesOf(template, 'AWS::Lambda::Function', 'DetectionDetector');
    expect(Environment).toMatchObject({
      Variables: {
        EVENTS_TABLE: 'our-events',
        CHANGE_POINTS_TABLE: 'our-changes',
        RULES_TABLE: 'our-rules',
      },
    });
  });

  test('are what the functions may read and write, with their key', () => {
    const ofTables = (name: string) =>
      grantsOf(template, name).filter((grant) => /^(dynamodb|kms)/.test(grant));
    const withKey = [
      'Decrypt',
      'DescribeKey',
      'Encrypt',
      'GenerateDataKey',
      'ReEncryptFrom',
      'ReEncryptTo',
    ].map((action) => `kms:${action} ${keyArn}`);
    expect(ofTables('IngestionRecorder')).toEqual([`dynamodb:BatchWriteItem ${tableArn}`, ...withKey]);
    expect(ofTables('DetectionDetector')).toEqual([
      `dynamodb:BatchWriteItem ${changesArn}`,
      `dynamodb:DescribeStream ${tableStreamArn}`,
      `dynamodb:GetItem ${changesArn}`,
      `dynamodb:GetRecords ${tableStreamArn}`,
      `dynamodb:GetShardIterator ${tableStreamArn}`,
      `dynamodb:ListStreams ${tableStreamArn}`,
      `dynamodb:PutItem ${changesArn}`,
      `dynamodb:Query ${changesArn}`,
      `dynamodb:Query ${tableArn}`,
      `dynamodb:Query ${rulesArn}`,
      `dynamodb:UpdateItem ${changesArn}`,
      ...withKey,
    ]);
    expect(ofTables('DetectionSweeper')).toEqual([
      `dynamodb:GetItem ${changesArn}`,
      `dynamodb:PutItem ${changesArn}`,
      `dynamodb:Query ${changesArn}`,
      `dynamodb:Scan ${changesArn}/index/pending`,
      `dynamodb:UpdateItem ${changesArn}`,
    ]);
  });

  test('have their alarms', () => {
    const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
    expect(alarms.MonitoringEventsTableWritesThrottled?.Properties.Dimensions).toEqual([
      { Name: 'TableName', Value: 'our-events' },
    ]);
    expect(alarms.MonitoringRulesTableReadsThrottled?.Properties.Dimensions).toEqual([
      { Name: 'TableName', Value: 'our-rules' },
    ]);
    expect(alarms.MonitoringPendingIndexWritesThrottled?.Properties.Dimensions).toEqual([
      { Name: 'GlobalSecondaryIndexName', Value: 'pending' },
      { Name: 'TableName', Value: 'our-changes' },
    ]);
  });
});

test('a table of change points with a key of its own is read by its functions with that key', () => {
  const template = withProps((stack) => ({
    changePointsTable: Table.fromTableAttributes(stack, 'Changes', {
      tableArn: changesArn,
      encryptionKey: Key.fromKeyArn(stack, 'GivenKey', keyArn),
    }),
  }));
  const mayDecrypt = ['IngestionRecorder', 'DetectionDetector', 'DetectionSweeper'].map((name) =>
    grantsOf(template, name).includes(`kms:Decrypt ${keyArn}`),
  );
  expect(mayDecrypt).toEqual([false, true, true]);
});

test.each([
  [
    'Table',
    (scope: Construct) =>
      new Table(scope, 'Events', { ...eventKeys, stream: StreamViewType.NEW_AND_OLD_IMAGES }),
  ],
  [
    'TableV2',
    (scope: Construct) =>
      new TableV2(scope, 'Events', { ...eventKeys, dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES }),
  ],
])('a %s of the same app with these keys and this stream may hold the events', (_, eventsTable) => {
  expect(() => withProps((stack) => ({ eventsTable: eventsTable(stack) }))).not.toThrow();
});

test('a table of the same app with these keys and this index may hold the change points', () => {
  const template = withProps((stack) => {
    const changePointsTable = new Table(stack, 'Changes', changeKeys);
    changePointsTable.addGlobalSecondaryIndex(index);
    return { changePointsTable };
  });
  template.resourceCountIs('AWS::DynamoDB::Table', 3);
});

test('a table of the same app with these keys may hold the rules', () => {
  const template = withProps((stack) => ({ rulesTable: new Table(stack, 'Rules', ruleKeys) }));
  template.resourceCountIs('AWS::DynamoDB::Table', 3);
});

type Given = (
  scope: Construct,
) => Parameters<typeof withProps>[0] extends (stack: never) => infer Props ? Props : never;

test.each<[string, Given, string]>([
  [
    'without a stream',
    (scope) => ({ eventsTable: Table.fromTableName(scope, 'Events', 'our-events') }),
    'eventsTable must have a stream of the type NEW_AND_OLD_IMAGES, got none: an imported table needs its tableStreamArn',
  ],
  [
    'with a stream of new images alone',
    (scope) => ({
      eventsTable: new Table(scope, 'Events', { ...eventKeys, stream: StreamViewType.NEW_IMAGE }),
    }),
    'eventsTable must have a stream of the type NEW_AND_OLD_IMAGES, got NEW_IMAGE',
  ],
  [
    'with other keys',
    (scope) => ({
      eventsTable: new Table(scope, 'Events', {
        partitionKey: text('device'),
        sortKey: { name: 'eventKey', type: AttributeType.NUMBER },
        stream: StreamViewType.NEW_AND_OLD_IMAGES,
      }),
    }),
    'eventsTable must have the keys seriesId (S), eventKey (S), got device (S), eventKey (N)',
  ],
  [
    'of rules with other keys',
    (scope) => ({ rulesTable: new Table(scope, 'Rules', changeKeys) }),
    'rulesTable must have the keys scope (S), sortKey (S), got seriesId (S), sortKey (S)',
  ],
  [
    'of rules beside a name',
    (scope) => ({ rulesTable: Table.fromTableArn(scope, 'Rules', rulesArn), rulesTableName: 'rules' }),
    "rulesTableName must not be given with rulesTable, got 'rules'",
  ],
  [
    'beside a name',
    (scope) => ({
      eventsTable: Table.fromTableAttributes(scope, 'Events', { tableArn, tableStreamArn }),
      eventsTableName: 'events',
    }),
    "eventsTableName must not be given with eventsTable, got 'events'",
  ],
  [
    'without the index',
    (scope) => ({ changePointsTable: new Table(scope, 'Changes', changeKeys) }),
    "changePointsTable must have an index 'pending' with the keys seriesId, pendingSince, got none",
  ],
  [
    'with another index',
    (scope) => {
      const changePointsTable = new Table(scope, 'Changes', changeKeys);
      changePointsTable.addGlobalSecondaryIndex({ ...index, sortKey: text('since') });
      return { changePointsTable };
    },
    "changePointsTable must have an index 'pending' with the keys seriesId, pendingSince, got seriesId, since",
  ],
])('a table %s is refused', (_, given, message) => {
  expect(() => withProps(given)).toThrow(new RangeError(message));
});
