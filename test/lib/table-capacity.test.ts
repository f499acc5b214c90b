import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { propertiesOf, resourcesOf, synthesize } from './synthesize.ts';

const tables = ['IngestionEventsTable', 'DetectionChangePointsTable'];
const rulesTable = 'DetectionRulesTable';

test('by default a table is on demand, without a bound and as warm as DynamoDB makes it', () => {
  const template = synthesize();
  for (const name of tables) {
    const table = propertiesOf(template, 'AWS::DynamoDB::Table', name);
    expect([table.BillingMode, table.OnDemandThroughput, table.WarmThroughput]).toEqual([
      'PAY_PER_REQUEST',
      undefined,
      undefined,
    ]);
  }
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode-max-throughput.html
test('a limit bounds each on-demand table, and its index, which would not have it from the table', () => {
  const template = synthesize({ onDemandLimit: '500' });
  const bound = { MaxReadRequestUnits: 500, MaxWriteRequestUnits: 500 };
  template.allResourcesProperties('AWS::DynamoDB::Table', { OnDemandThroughput: bound });
  template.hasResourceProperties('AWS::DynamoDB::Table', {
    GlobalSecondaryIndexes: [Match.objectLike({ IndexName: 'pending', OnDemandThroughput: bound })],
  });
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html: reads, writes or both
test.each([
  [{ warmWrites: '20000' }, { WriteUnitsPerSecond: 20_000 }],
  [{ warmReads: '20000' }, { ReadUnitsPerSecond: 20_000 }],
  [
    { warmReads: '30000', warmWrites: '20000' },
    { ReadUnitsPerSecond: 30_000, WriteUnitsPerSecond: 20_000 },
  ],
])('%j is taken at once by each table', (settings, warm) => {
  const template = synthesize(settings);
  for (const name of tables) {
    expect(propertiesOf(template, 'AWS::DynamoDB::Table', name).WarmThroughput).toEqual(warm);
  }
});

describe('with a number of units', () => {
  const template = synthesize({ tableCapacity: '205' });
  const units = { ReadCapacityUnits: 205, WriteCapacityUnits: 205 };

  test('tables and index start with all of them, so that a change of the mode throttles nothing', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      GlobalSecondaryIndexes: [Match.objectLike({ IndexName: 'pending', ProvisionedThroughput: units })],
    });
    for (const name of tables) {
      const table = propertiesOf(template, 'AWS::DynamoDB::Table', name);
      expect(table.ProvisionedThroughput).toEqual(units);
      // Without a mode CloudFormation takes the provisioned one.
      expect(table.BillingMode).not.toBe('PAY_PER_REQUEST');
    }
  });

  test('AWS scales reads and writes of each by use, from a tenth on', () => {
    const targets = Object.values(resourcesOf(template, 'AWS::ApplicationAutoScaling::ScalableTarget'));
    expect(targets.map(({ Properties }) => Properties.ScalableDimension).sort()).toEqual([
      'dynamodb:index:ReadCapacityUnits',
      'dynamodb:index:WriteCapacityUnits',
      ...['dynamodb:table:ReadCapacityUnits', 'dynamodb:table:ReadCapacityUnits'],
      ...['dynamodb:table:WriteCapacityUnits', 'dynamodb:table:WriteCapacityUnits'],
    ]);
    for (const { Properties } of targets) {
      expect(Properties).toMatchObject({ MinCapacity: 21, MaxCapacity: 205 });
    }
    template.resourceCountIs('AWS::ApplicationAutoScaling::ScalingPolicy', targets.length);
    template.allResourcesProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: Match.objectLike({ TargetValue: 70 }),
    });
  });
});

test.each([{}, { tableCapacity: '205' }, { warmReads: '30000', warmWrites: '20000' }])(
  'the rules table is on demand and takes what it needs, also with %j',
  (settings) => {
    const table = propertiesOf(synthesize(settings), 'AWS::DynamoDB::Table', rulesTable);
    expect(table.BillingMode).toBe('PAY_PER_REQUEST');
    expect([table.ProvisionedThroughput, table.WarmThroughput]).toEqual([undefined, undefined]);
  },
);

test('the events table alone can do without its recovery', () => {
  const template = synthesize({ eventsRecovery: 'off' });
  const recovery = [...tables, rulesTable].map(
    (name) => propertiesOf(template, 'AWS::DynamoDB::Table', name).PointInTimeRecoverySpecification,
  );
  expect(recovery).toEqual([
    { PointInTimeRecoveryEnabled: false },
    { PointInTimeRecoveryEnabled: true },
    { PointInTimeRecoveryEnabled: true },
  ]);
});
