import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { deploymentLimits } from '../../lib/deployment-limits.ts';
import { allResources, asText, propertiesOf, resourcesOf, synthesize } from './synthesize.ts';

const byDefault = synthesize();
const named = synthesize({
  streamName: 'readings',
  eventsTableName: 'events',
  changePointsTableName: 'change-points',
  topicName: 'changes',
  email: 'me@example.org',
  shards: '3',
});

describe('ingestion', () => {
  test('the stream is encrypted, provisioned, and keeps records for as long as the limits say', () => {
    expect(propertiesOf(byDefault, 'AWS::Kinesis::Stream', 'IngestionStream')).toEqual({
      ShardCount: 1,
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
      RetentionPeriodHours: deploymentLimits.streamRetentionHours,
      StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
    });
  });

  test('the events table has its keys, time to live, stream, recovery and no capacity to plan', () => {
    byDefault.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [
        { AttributeName: 'seriesId', KeyType: 'HASH' },
        { AttributeName: 'eventKey', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      BillingMode: 'PAY_PER_REQUEST',
    });
  });

  test('the bucket is encrypted, private, reached by TLS alone, and forgets', () => {
    byDefault.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: {
        Rules: [{ ExpirationInDays: deploymentLimits.quarantineDays, Status: 'Enabled' }],
      },
    });
    byDefault.hasResourceProperties('AWS::S3::BucketPolicy', { PolicyDocument: deniesWithoutTls('s3:*') });
  });
});

describe('detection', () => {
  test('the change-points table has its keys, its index of what is pending, expiry of chunks, recovery and no capacity to plan', () => {
    byDefault.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [
        { AttributeName: 'seriesId', KeyType: 'HASH' },
        { AttributeName: 'sortKey', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'pending',
          KeySchema: [
            { AttributeName: 'seriesId', KeyType: 'HASH' },
            { AttributeName: 'pendingSince', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      BillingMode: 'PAY_PER_REQUEST',
    });
  });

  test('its topic, and that of the alarms, is published to by TLS alone', () => {
    byDefault.resourceCountIs('AWS::SNS::Topic', 2);
    byDefault.resourceCountIs('AWS::SNS::TopicPolicy', 2);
    byDefault.allResourcesProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: deniesWithoutTls('sns:Publish'),
    });
  });

  test('an e-mail address is subscribed if given', () => {
    byDefault.resourceCountIs('AWS::SNS::Subscription', 0);
    named.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'me@example.org' });
  });
});

describe('the stack', () => {
  test('deleting it keeps the data and drops the logs', () => {
    const policies = Object.entries(allResources(byDefault)).flatMap(([id, { DeletionPolicy }]) =>
      DeletionPolicy === undefined ? [] : [[asText({ Ref: id }), DeletionPolicy]],
    );
    expect(Object.fromEntries(policies)).toEqual({
      IngestionStream: 'RetainExceptOnCreate',
      IngestionEventsTable: 'RetainExceptOnCreate',
      IngestionQuarantineBucket: 'RetainExceptOnCreate',
      IngestionRecorderLog: 'Delete',
      DetectionChangePointsTable: 'RetainExceptOnCreate',
      DetectionDetectorLog: 'Delete',
      DetectionSweeperLog: 'Delete',
    });
  });

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html: with
  // RetainExceptOnCreate a rollback deletes what it has just created. The policy has no word for what an update replaces:
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatereplacepolicy.html
  test('what holds data also outlives its replacement, and a first deployment that fails leaves nothing behind', () => {
    const withKey = Object.values(allResources(synthesize({ customerManagedKey: 'on' })));
    const holdData = withKey.filter(({ DeletionPolicy }) => DeletionPolicy === 'RetainExceptOnCreate');
    expect(holdData.map(({ Type }) => Type).sort()).toEqual([
      'AWS::DynamoDB::Table',
      'AWS::DynamoDB::Table',
      'AWS::KMS::Key',
      'AWS::Kinesis::Stream',
      'AWS::S3::Bucket',
    ]);
    for (const { UpdateReplacePolicy } of holdData) expect(UpdateReplacePolicy).toBe('Retain');
    expect(withKey.filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain')).toEqual([]);
  });

  test('resources have the names that were given, and else no fixed name, so that two stacks do not clash', () => {
    expect(namesIn(named)).toEqual(['change-points', 'changes', 'events', 'readings']);
    expect(namesIn(byDefault)).toEqual([]);
  });

  test('a log is kept for as long as the limits say', () => {
    byDefault.allResourcesProperties('AWS::Logs::LogGroup', {
      RetentionInDays: deploymentLimits.logRetentionDays,
    });
  });

  test('the shards are as many as were asked for', () => {
    named.hasResourceProperties('AWS::Kinesis::Stream', { ShardCount: 3 });
  });

  test('the outputs say where to put records and where to find what became of them', () => {
    const outputs = Object.entries<{ Value: unknown }>(byDefault.toJSON().Outputs);
    expect(Object.fromEntries(outputs.map(([name, { Value }]) => [name, asText(Value)]))).toEqual({
      StreamName: 'IngestionStream',
      EventsTableName: 'IngestionEventsTable',
      ChangePointsTableName: 'DetectionChangePointsTable',
      TopicArn: 'DetectionTopic',
      QuarantineBucketName: 'IngestionQuarantineBucket',
      DashboardUrl:
        'https://console.aws.amazon.com/cloudwatch/home?region=AWS::Region#dashboards/dashboard/MonitoringDashboard',
    });
  });

  test('on-demand leaves the number of shards to Kinesis, with metrics of each if asked for', () => {
    const stream = propertiesOf(
      synthesize({ shards: 'on-demand', shardLevelMetrics: 'on' }),
      'AWS::Kinesis::Stream',
      'IngestionStream',
    );
    expect(stream.ShardCount).toBeUndefined();
    expect(stream).toMatchObject({
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
      DesiredShardLevelMetrics: ['ALL'],
    });
  });

  describe('removal=destroy leaves nothing behind', () => {
    const template = synthesize({ removal: 'destroy', customerManagedKey: 'on' });
    const resources = allResources(template);

    test('that would be kept', () => {
      // Without a policy CloudFormation deletes.
      const policies = Object.values(resources).map(({ DeletionPolicy = 'Delete' }) => DeletionPolicy);
      expect(new Set(policies)).toEqual(new Set(['Delete']));
    });

    test('in the bucket, which is emptied when no mapping writes to it any more', () => {
      const emptied = Object.entries(resources).filter(
        ([, { Type }]) => Type === 'Custom::S3AutoDeleteObjects',
      );
      expect(emptied.map(([, { Properties }]) => asText(Properties.BucketName))).toEqual([
        'IngestionQuarantineBucket',
      ]);
      const mappings = Object.values(resourcesOf(template, 'AWS::Lambda::EventSourceMapping'));
      expect(mappings).toHaveLength(2);
      for (const { DependsOn } of mappings) expect(DependsOn).toContain(emptied[0]?.[0]);
    });

    test('of logs: every function, also the one that empties the bucket, has a group of the stack', () => {
      const functions = Object.values(resourcesOf(template, 'AWS::Lambda::Function'));
      const logs = functions.map(({ Properties }) =>
        asText((Properties.LoggingConfig as { LogGroup: unknown } | undefined)?.LogGroup),
      );
      expect(logs.sort()).toEqual(Object.keys(resourcesOf(template, 'AWS::Logs::LogGroup')).sort());
      expect(logs).toContainEqual(expect.stringMatching(/^CustomS3AutoDeleteObjects/));
    });
  });

  test('deletion protection covers both tables', () => {
    synthesize({ deletionProtection: 'on' }).allResourcesProperties('AWS::DynamoDB::Table', {
      DeletionProtectionEnabled: true,
    });
  });

  test('a customer-managed key encrypts everything that holds data, and renews itself', () => {
    const template = synthesize({ customerManagedKey: 'on' });
    const key = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] };
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    template.allResourcesProperties('AWS::Kinesis::Stream', {
      StreamEncryption: { EncryptionType: 'KMS', KeyId: key },
    });
    template.allResourcesProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key },
    });
    template.allResourcesProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } },
        ],
      },
    });
    template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: key });
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: key });
    template.allResourcesProperties('AWS::Lambda::Function', { KmsKeyArn: key });
  });

  test('the detector settings change the detector function and nothing else', () => {
    const before = allResources(byDefault);
    const everyDetectorSetting = {
      alpha: '0.05',
      practicalThreshold: '2',
      startup: '10',
      window: '1',
      restart: 'change',
      maxRegimeLength: '500',
    };
    const after = allResources(synthesize(everyDetectorSetting));
    expect(Object.keys(after)).toEqual(Object.keys(before));
    const changed = Object.keys(after).filter(
      (id) => JSON.stringify(after[id]) !== JSON.stringify(before[id]),
    );
    expect(changed).toEqual([expect.stringMatching(/^DetectionDetector[0-9A-F]{8}$/)]);
  });
});

/** A policy that denies everyone these actions without TLS. */
function deniesWithoutTls(action: string) {
  return {
    Statement: Match.arrayWith([
      Match.objectLike({
        Effect: 'Deny',
        Action: action,
        Principal: Match.anyValue(),
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]),
  };
}

/** The fixed names of a template's resources, sorted. */
function namesIn(template: Template): unknown[] {
  return Object.values(allResources(template))
    .flatMap(
      ({ Properties: { Name, TableName, TopicName, BucketName, FunctionName, RoleName, LogGroupName } }) => [
        Name,
        TableName,
        TopicName,
        BucketName,
        RoleName,
        LogGroupName,
        ...(typeof FunctionName === 'string' ? [FunctionName] : []),
      ],
    )
    .filter((name) => name !== undefined)
    .sort();
}
