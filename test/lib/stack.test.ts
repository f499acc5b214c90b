import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { deploymentLimits } from '../../lib/deployment-limits.ts';
import { allResources, asText, propertiesOf, resourcesOf, synthesize } from './synthesize.ts';

const byDefault = synthesize();
const withKey = synthesize({ customerManagedKey: 'on', eventBus: 'plant' });
const named = synthesize({
  streamName: 'readings',
  eventsTableName: 'events',
  changePointsTableName: 'change-points',
  rulesTableName: 'rules',
  topicName: 'changes',
  peopleTopicName: 'told',
  email: 'me@example.org',
  shards: '3',
});

describe('ingestion', () => {
  test('the stream is encrypted, provisioned, leaves the size of a record at its default, and keeps records for as long as the limits say', () => {
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

  test('the rules table has its keys, expiry of mutes and of old versions, recovery and no capacity to plan', () => {
    byDefault.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [
        { AttributeName: 'scope', KeyType: 'HASH' },
        { AttributeName: 'sortKey', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      BillingMode: 'PAY_PER_REQUEST',
    });
  });

  test('its topic, and those of people and of the alarms, are published to by TLS alone', () => {
    byDefault.resourceCountIs('AWS::SNS::Topic', 3);
    byDefault.resourceCountIs('AWS::SNS::TopicPolicy', 3);
    byDefault.allResourcesProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: deniesWithoutTls('sns:Publish'),
    });
  });

  test('an e-mail address is subscribed if given', () => {
    const protocols = (of: Template) =>
      Object.values(resourcesOf(of, 'AWS::SNS::Subscription')).map(({ Properties }) => Properties.Protocol);
    expect(protocols(byDefault)).toEqual(['sqs']);
    expect(protocols(named).sort()).toEqual(['email', 'email', 'sqs']);
    named.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'me@example.org' });
  });
});

describe('people', () => {
  const queue = (of: Template, name: string) => propertiesOf(of, 'AWS::SQS::Queue', `Detection${name}`);
  const mapping = (of: Template) =>
    propertiesOf(of, 'AWS::Lambda::EventSourceMapping', 'DetectionDigestMessages');

  // "Message attributes are sent only when the message structure is String, not JSON", so the topic of change points has no text for
  // people: https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html. The digest reads its message as it was published:
  // https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html
  test('have a topic of their own; that of change points feeds the queue of the digest, with raw messages', () => {
    const [subscription, ...others] = Object.values(resourcesOf(byDefault, 'AWS::SNS::Subscription'));
    expect(others).toEqual([]);
    const { TopicArn, Endpoint, ...rest } = subscription?.Properties ?? {};
    expect([asText(TopicArn), asText(Endpoint)]).toEqual(['DetectionTopic', 'DetectionDigestQueue.Arn']);
    expect(rest).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: true });
    const { Environment } = propertiesOf(byDefault, 'AWS::Lambda::Function', 'DetectionDigest');
    const { PEOPLE_TOPIC_ARN } = (Environment as { Variables: Record<string, unknown> }).Variables;
    expect(asText(PEOPLE_TOPIC_ARN)).toBe('DetectionPeopleTopic');
  });

  // "when you set BatchSize to a value greater than 10, you must set MaximumBatchingWindowInSeconds to at least 1":
  // https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html. The least of MaximumConcurrency is 2:
  // https://docs.aws.amazon.com/lambda/latest/api/API_ScalingConfig.html
  test.each([
    [{}, 10_000, 60],
    [{ digestSeconds: '1' }, 10_000, 1],
    [{ digestSeconds: '300' }, 10_000, 300],
    [{ digestSeconds: '0' }, 10, 0],
  ])('are told together, with %j up to %d change points of %d seconds', (settings, BatchSize, seconds) => {
    expect(mapping(synthesize(settings))).toEqual({
      EventSourceArn: { 'Fn::GetAtt': [expect.stringMatching(/^DetectionDigestQueue/), 'Arn'] },
      FunctionName: { Ref: expect.stringMatching(/^DetectionDigest/) },
      BatchSize,
      MaximumBatchingWindowInSeconds: seconds,
      ScalingConfig: { MaximumConcurrency: 2 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  // "We recommend setting your queue's visibility timeout to six times your function timeout, plus the value of
  // MaximumBatchingWindowInSeconds": https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
  test.each([
    [{}, 60],
    [{ digestSeconds: '300' }, 300],
    [{ digestSeconds: '0' }, 0],
  ])(
    'with %j: a message stays unseen for long enough to be told, and is set aside after many tries',
    (settings, seconds) => {
      const template = synthesize(settings);
      const { Timeout } = propertiesOf(template, 'AWS::Lambda::Function', 'DetectionDigest');
      const { receives, retentionDays } = deploymentLimits.topicQueue;
      expect(queue(template, 'DigestQueue')).toEqual({
        VisibilityTimeout: 6 * Number(Timeout) + seconds,
        RedrivePolicy: {
          deadLetterTargetArn: { 'Fn::GetAtt': [expect.stringMatching(/^DetectionNotTold/), 'Arn'] },
          maxReceiveCount: receives,
        },
        MessageRetentionPeriod: retentionDays * 24 * 3600,
        SqsManagedSseEnabled: true,
      });
      expect(queue(template, 'NotTold')).toEqual({
        MessageRetentionPeriod: retentionDays * 24 * 3600,
        SqsManagedSseEnabled: true,
      });
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html: "at least 5"
      expect(receives).toBeGreaterThanOrEqual(5);
    },
  );

  // "When Amazon SNS receives a client-side error, […] Amazon SNS discards the message—unless a dead-letter queue is attached to the
  // subscription": https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html. Its policy:
  // https://docs.aws.amazon.com/sns/latest/dg/sns-configure-dead-letter-queue.html
  test.each([
    ['ToDigest', 'NotTold'],
    ['ToForwarder', 'NotForwarded'],
  ])(
    'what SNS cannot deliver by the subscription %s is kept in %s, where it may send',
    (subscription, kept) => {
      const template = synthesize({ eventBus: 'plant' });
      const { RedrivePolicy } = propertiesOf(template, 'AWS::SNS::Subscription', `Detection${subscription}`);
      expect(RedrivePolicy).toEqual({
        deadLetterTargetArn: {
          'Fn::GetAtt': [expect.stringMatching(`^Detection${kept}[0-9A-F]{8}$`), 'Arn'],
        },
      });
      const { PolicyDocument } = propertiesOf(template, 'AWS::SQS::QueuePolicy', `Detection${kept}Policy`);
      const { Statement } = PolicyDocument as { Statement: readonly { readonly Effect: string }[] };
      expect(Statement.filter(({ Effect }) => Effect === 'Allow')).toEqual([
        expect.objectContaining({
          Action: 'sqs:SendMessage',
          Principal: { Service: 'sns.amazonaws.com' },
          Condition: {
            ArnEquals: { 'aws:SourceArn': { Ref: expect.stringMatching(/^DetectionTopic[0-9A-F]{8}$/) } },
          },
        }),
      ]);
      const alarm = propertiesOf(template, 'AWS::CloudWatch::Alarm', `Monitoring${kept}`);
      expect(alarm).toMatchObject({ MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 0 });
    },
  );

  // https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html
  test('with a key of its own: SNS may use it, for this account alone', () => {
    const { KeyPolicy } = propertiesOf(withKey, 'AWS::KMS::Key', 'Key');
    expect(KeyPolicy).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Principal: { Service: ['cloudwatch.amazonaws.com', 'sns.amazonaws.com'] },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        }),
      ]),
    });
  });
});

// In China the principal of CloudWatch Logs is logs.<region>.amazonaws.com.cn, which AWS::URLSuffix makes:
// https://docs.amazonaws.cn/en_us/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
test('a key of its own: the logs of this region may use it, in every partition', () => {
  const { KeyPolicy } = propertiesOf(withKey, 'AWS::KMS::Key', 'Key');
  const { Statement } = KeyPolicy as {
    Statement: readonly { readonly Principal: { readonly Service?: unknown } }[];
  };
  const services = Statement.flatMap(({ Principal: { Service } }) =>
    Service === undefined || Array.isArray(Service) ? [] : [asText(Service)],
  );
  expect(services).toEqual(['logs.AWS::Region.AWS::URLSuffix']);
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
      DetectionRulesTable: 'RetainExceptOnCreate',
      DetectionDetectorLog: 'Delete',
      DetectionSweeperLog: 'Delete',
      DetectionNotTold: 'Delete',
      DetectionDigestQueue: 'Delete',
      DetectionDigestLog: 'Delete',
    });
  });

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html: with
  // RetainExceptOnCreate a rollback deletes what it has just created. The policy has no word for what an update replaces:
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatereplacepolicy.html
  test('what holds data also outlives its replacement, and a first deployment that fails leaves nothing behind', () => {
    const resources = Object.values(allResources(withKey));
    const holdData = resources.filter(({ DeletionPolicy }) => DeletionPolicy === 'RetainExceptOnCreate');
    expect(holdData.map(({ Type }) => Type).sort()).toEqual([
      'AWS::DynamoDB::Table',
      'AWS::DynamoDB::Table',
      'AWS::DynamoDB::Table',
      'AWS::KMS::Key',
      'AWS::Kinesis::Stream',
      'AWS::S3::Bucket',
    ]);
    for (const { UpdateReplacePolicy } of holdData) expect(UpdateReplacePolicy).toBe('Retain');
    expect(resources.filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain')).toEqual([]);
  });

  test('each function, its schedule, the key and each output say what they are for', () => {
    const described = ['AWS::Lambda::Function', 'AWS::Events::Rule', 'AWS::KMS::Key'].flatMap((type) =>
      Object.values(resourcesOf(withKey, type)).map(({ Properties }) => Properties.Description),
    );
    const outputs = Object.values<{ Description?: string }>(withKey.toJSON().Outputs);
    const descriptions = [...described, ...outputs.map(({ Description }) => Description)];
    for (const description of descriptions) expect(description).toMatch(/^[A-Z].{10,}\w$/);
    expect(new Set(descriptions).size).toBe(descriptions.length);
  });

  test('resources have the names that were given, and else no fixed name, so that two stacks do not clash', () => {
    expect(namesIn(named)).toEqual(['change-points', 'changes', 'events', 'readings', 'rules', 'told']);
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
    const shown = (value: unknown) => asText(withoutChoices(value));
    expect(Object.fromEntries(outputs.map(([name, { Value }]) => [name, shown(Value)]))).toEqual({
      StreamName: 'IngestionStream',
      EventsTableName: 'IngestionEventsTable',
      ChangePointsTableName: 'DetectionChangePointsTable',
      RulesTableName: 'DetectionRulesTable',
      TopicArn: 'DetectionTopic',
      PeopleTopicArn: 'DetectionPeopleTopic',
      QuarantineBucketName: 'IngestionQuarantineBucket',
      DashboardUrl:
        'https://<console>/cloudwatch/home?region=AWS::Region#dashboards/dashboard/MonitoringDashboard',
    });
  });

  test.each([
    ['aws', 'console.aws.amazon.com'],
    ['aws-cn', 'console.amazonaws.cn'],
    ['aws-us-gov', 'console.amazonaws-us-gov.com'],
  ])('in the partition %s, the link to the dashboard leads to %s', (partition, host) => {
    const { Outputs, Conditions } = byDefault.toJSON();
    const holds = (name: string) => Conditions[name]['Fn::Equals'][1] === partition;
    const chosen = (value: Choice): unknown =>
      typeof value === 'string' ? value : chosen(value['Fn::If'][holds(value['Fn::If'][0]) ? 1 : 2]);
    const [, choice] = Outputs.DashboardUrl.Value['Fn::Join'][1];
    expect(chosen(choice)).toBe(host);
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
      const writing = mappings.filter(({ Properties }) => Properties.DestinationConfig !== undefined);
      expect([mappings.length, writing.length]).toEqual([3, 2]);
      for (const { DependsOn } of writing) expect(DependsOn).toContain(emptied[0]?.[0]);
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

  test('deletion protection covers all tables', () => {
    synthesize({ deletionProtection: 'on' }).allResourcesProperties('AWS::DynamoDB::Table', {
      DeletionProtectionEnabled: true,
    });
  });

  test('a customer-managed key encrypts everything that holds data, and renews itself', () => {
    const key = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] };
    withKey.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    withKey.allResourcesProperties('AWS::Kinesis::Stream', {
      StreamEncryption: { EncryptionType: 'KMS', KeyId: key },
    });
    withKey.allResourcesProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key },
    });
    withKey.allResourcesProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } },
        ],
      },
    });
    withKey.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: key });
    withKey.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: key });
    withKey.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: key });
    withKey.allResourcesProperties('AWS::Lambda::Function', { KmsKeyArn: key });
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

/** A host that depends on the partition. */
type Choice = string | { readonly 'Fn::If': readonly [condition: string, then: Choice, otherwise: Choice] };

/** A value with what depends on the partition left out. */
function withoutChoices(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, part) => (Object.hasOwn(Object(part), 'Fn::If') ? '<console>' : part)),
  );
}

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
