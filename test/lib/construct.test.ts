import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import { ChangePointDetection, type ChangePointDetectionProps } from '../../lib/change-point-detection.ts';
import { cdkContext } from './cdk-context.ts';
import { grantsOf } from './grants.ts';
import { asText, propertiesOf, resourcesOf, withProps } from './synthesize.ts';

const arn = (service: string, name: string) => `arn:aws:${service}:eu-central-1:123456789012:${name}`;

const byDefault = withProps(() => ({}));
const added = (template: Template, name: string) =>
  grantsOf(template, name).filter((grant) => !grantsOf(byDefault, name).includes(grant));

describe('a stream that exists', () => {
  const streamArn = arn('kinesis', 'stream/readings');
  const template = withProps((stack) => ({ stream: Stream.fromStreamArn(stack, 'Given', streamArn) }));

  test('is the source, and none is made', () => {
    template.resourceCountIs('AWS::Kinesis::Stream', 0);
    const mapping = propertiesOf(template, 'AWS::Lambda::EventSourceMapping', 'IngestionRecorderRecords');
    expect(mapping.EventSourceArn).toBe(streamArn);
  });

  test('is what the recorder may read', () => {
    expect(added(template, 'IngestionRecorder')).toEqual(
      [
        'DescribeStream',
        'DescribeStreamSummary',
        'GetRecords',
        'GetShardIterator',
        'ListShards',
        'ListStreams',
      ].map((action) => `kinesis:${action} ${streamArn}`),
    );
    expect(
      grantsOf(template, 'IngestionRecorder').filter((grant) => grant.includes('IngestionStream')),
    ).toEqual([]);
  });

  test('has the alarm of refused records', () => {
    const alarm = propertiesOf(template, 'AWS::CloudWatch::Alarm', 'MonitoringStreamThrottled');
    expect(alarm.Dimensions).toEqual([{ Name: 'StreamName', Value: 'readings' }]);
  });

  test('and is encrypted, may be decrypted with its key', () => {
    const keyArn = arn('kms', 'key/of-the-stream');
    const encrypted = withProps((stack) => ({
      stream: Stream.fromStreamAttributes(stack, 'Given', {
        streamArn,
        encryptionKey: Key.fromKeyArn(stack, 'GivenKey', keyArn),
      }),
    }));
    expect(added(encrypted, 'IngestionRecorder')).toContain(`kms:Decrypt ${keyArn}`);
    expect(added(encrypted, 'DetectionDetector')).toEqual([]);
  });

  test('may be read by a connection of one’s own', () => {
    const fanOut = withProps((stack) => ({
      stream: Stream.fromStreamArn(stack, 'Given', streamArn),
      enhancedFanOut: true,
    }));
    expect(propertiesOf(fanOut, 'AWS::Kinesis::StreamConsumer', 'IngestionFanOut').StreamARN).toBe(streamArn);
  });
});

describe('a topic that exists', () => {
  const topicArn = arn('sns', 'changes');
  const keyArn = arn('kms', 'key/of-the-topic');
  const template = withProps((stack) => ({
    topic: Topic.fromTopicAttributes(stack, 'Given', { topicArn, keyArn }),
    email: 'me@example.org',
  }));

  test('carries the change points, and only those of people and of the alarms are made', () => {
    expect(Object.keys(resourcesOf(template, 'AWS::SNS::Topic'))).toEqual([
      'DetectionPeopleTopic',
      'MonitoringAlarms',
    ]);
    const { Environment } = propertiesOf(template, 'AWS::Lambda::Function', 'DetectionDetector');
    expect(Environment).toMatchObject({ Variables: { TOPIC_ARN: topicArn } });
    const subscribed = Object.values(resourcesOf(template, 'AWS::SNS::Subscription'));
    expect(subscribed.map(({ Properties }) => [Properties.Protocol, asText(Properties.TopicArn)])).toEqual([
      ['email', 'DetectionPeopleTopic'],
      ['sqs', topicArn],
      ['email', 'MonitoringAlarms'],
    ]);
  });

  test('alone may send to the queue of the digest', () => {
    const { PolicyDocument } = propertiesOf(template, 'AWS::SQS::QueuePolicy', 'DetectionDigestQueuePolicy');
    const { Statement } = PolicyDocument as { Statement: readonly { readonly Effect: string }[] };
    expect(Statement.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      expect.objectContaining({
        Action: 'sqs:SendMessage',
        Principal: { Service: 'sns.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
      }),
    ]);
  });

  test('is what the detector may publish to, with its key', () => {
    const grants = added(template, 'DetectionDetector');
    expect(grants).toContain(`sns:Publish ${topicArn}`);
    expect(grants).toContain(`kms:GenerateDataKey ${keyArn}`);
    expect(added(template, 'DetectionSweeper')).toEqual(grants);
    expect(grantsOf(template, 'DetectionDetector').filter((grant) => grant.startsWith('sns:'))).toEqual([
      `sns:Publish ${topicArn}`,
    ]);
  });
});

describe('a topic of people that exists', () => {
  const peopleTopicArn = arn('sns', 'people');
  const keyArn = arn('kms', 'key/of-people');
  const template = withProps((stack) => ({
    peopleTopic: Topic.fromTopicAttributes(stack, 'Given', { topicArn: peopleTopicArn, keyArn }),
    email: 'me@example.org',
  }));

  test('is what the digest publishes to, with its key, and nobody else', () => {
    const grants = added(template, 'DetectionDigest');
    expect(grants).toContain(`sns:Publish ${peopleTopicArn}`);
    expect(grants).toContain(`kms:GenerateDataKey ${keyArn}`);
    for (const name of ['DetectionDetector', 'DetectionSweeper']) expect(added(template, name)).toEqual([]);
  });

  test('has the e-mail address, and none is made', () => {
    expect(Object.keys(resourcesOf(template, 'AWS::SNS::Topic'))).toEqual([
      'DetectionTopic',
      'MonitoringAlarms',
    ]);
    const mailed = Object.values(resourcesOf(template, 'AWS::SNS::Subscription')).filter(
      ({ Properties }) => Properties.Protocol === 'email',
    );
    expect(mailed.map(({ Properties }) => asText(Properties.TopicArn))).toEqual([
      peopleTopicArn,
      'MonitoringAlarms',
    ]);
  });
});

test('a key that exists encrypts everything, and none is made', () => {
  const keyArn = arn('kms', 'key/1234abcd-12ab-34cd-56ef-1234567890ab');
  const template = withProps((stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Given', keyArn) }));
  template.resourceCountIs('AWS::KMS::Key', 0);
  template.allResourcesProperties('AWS::Kinesis::Stream', {
    StreamEncryption: { EncryptionType: 'KMS', KeyId: keyArn },
  });
  template.allResourcesProperties('AWS::DynamoDB::Table', {
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn },
  });
  template.allResourcesProperties('AWS::S3::Bucket', {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn } },
      ],
    },
  });
  template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: keyArn });
  template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: keyArn });
  template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: keyArn });
  template.allResourcesProperties('AWS::Lambda::Function', { KmsKeyArn: keyArn });
  for (const name of ['IngestionRecorder', 'DetectionDetector', 'DetectionDigest']) {
    expect(added(template, name)).toContain(`kms:Decrypt ${keyArn}`);
  }
});

test('an action that exists is what every alarm sets off, and no topic of alarms is made', () => {
  const alarmActionArn = arn('sns', 'on-call');
  const action: IAlarmAction = { bind: () => ({ alarmActionArn }) };
  const template = withProps(() => ({ alarmAction: action, email: 'me@example.org' }));
  expect(Object.keys(resourcesOf(template, 'AWS::SNS::Topic'))).toEqual([
    'DetectionTopic',
    'DetectionPeopleTopic',
  ]);
  const alarms = Object.values(resourcesOf(template, 'AWS::CloudWatch::Alarm'));
  expect(alarms.length).toBeGreaterThan(0);
  expect(new Set(alarms.map(({ Properties }) => JSON.stringify(Properties.AlarmActions)))).toEqual(
    new Set([JSON.stringify([alarmActionArn])]),
  );
});

describe('a network of one’s own', () => {
  const functions = ['IngestionRecorder', 'DetectionDetector', 'DetectionSweeper', 'DetectionDigest'];
  const vpcOf = (stack: Stack) =>
    Vpc.fromVpcAttributes(stack, 'Given', {
      vpcId: 'vpc-0000000000000000a',
      availabilityZones: ['a', 'b'],
      privateSubnetIds: ['subnet-0000000000000000a', 'subnet-0000000000000000b'],
      privateSubnetRouteTableIds: ['rtb-0000000000000000a', 'rtb-0000000000000000b'],
      isolatedSubnetIds: ['subnet-0000000000000000c', 'subnet-0000000000000000d'],
      isolatedSubnetRouteTableIds: ['rtb-0000000000000000c', 'rtb-0000000000000000d'],
    });
  const template = withProps((stack) => ({
    vpc: vpcOf(stack),
    vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'GivenGroup', 'sg-0000000000000000a')],
  }));

  test.each(functions)('%s runs in it, and Lambda may connect it', (name) => {
    expect(propertiesOf(template, 'AWS::Lambda::Function', name).VpcConfig).toEqual({
      SubnetIds: ['subnet-0000000000000000c', 'subnet-0000000000000000d'],
      SecurityGroupIds: ['sg-0000000000000000a'],
    });
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html, "Required IAM permissions"
    expect(added(template, name)).toEqual([
      'ec2:AssignPrivateIpAddresses *',
      'ec2:CreateNetworkInterface *',
      'ec2:DeleteNetworkInterface *',
      'ec2:DescribeNetworkInterfaces *',
      'ec2:DescribeSubnets *',
      'ec2:UnassignPrivateIpAddresses *',
    ]);
  });

  test('gives each function a security group of its own, unless told another', () => {
    const groups = resourcesOf(
      withProps((stack) => ({ vpc: vpcOf(stack) })),
      'AWS::EC2::SecurityGroup',
    );
    expect(Object.keys(groups).sort()).toEqual(functions.map((name) => `${name}SecurityGroup`).sort());
  });

  test.each([{ vpcSubnets: {} }, { securityGroups: [] }])('is needed for %o', (props) => {
    expect(() => withProps(() => props)).toThrow(
      new RangeError(`${Object.keys(props)} must come with vpc, got no vpc`),
    );
  });
});

test('concurrency is reserved for each function that is told so', () => {
  const reserved = withProps(() => ({ recorderReservedConcurrency: 10, detectorReservedConcurrency: 20 }));
  const concurrency = (template: Template) =>
    ['IngestionRecorder', 'DetectionDetector', 'DetectionSweeper'].map(
      (name) => propertiesOf(template, 'AWS::Lambda::Function', name).ReservedConcurrentExecutions,
    );
  expect(concurrency(reserved)).toEqual([10, 20, undefined]);
  expect(concurrency(byDefault)).toEqual([undefined, undefined, undefined]);
});

test('how much is reserved beside a stream that exists is not checked: its shards are its owner’s', () => {
  const streamArn = arn('kinesis', 'stream/readings');
  const props = { shards: 3, recorderReservedConcurrency: 2 };
  expect(() =>
    withProps((stack) => ({ ...props, stream: Stream.fromStreamArn(stack, 'Given', streamArn) })),
  ).not.toThrow();
  expect(() => withProps(() => props)).toThrow('must be at least shards');
});

test.each<[string, (stack: Stack) => ChangePointDetectionProps, string]>([
  ['a name', givenStream({ streamName: 'r' }), "streamName must not be given with stream, got 'r'"],
  [
    'metrics of its shards',
    givenStream({ shardLevelMetrics: true }),
    "shardLevelMetrics must not be given with stream, got 'true'",
  ],
  [
    'a name of the topic',
    (stack) => ({ topic: givenTopic(stack), topicName: 't' }),
    "topicName must not be given with topic, got 't'",
  ],
  [
    'a name of the topic of people',
    (stack) => ({ peopleTopic: givenTopic(stack), peopleTopicName: 'p' }),
    "peopleTopicName must not be given with peopleTopic, got 'p'",
  ],
])('%s is refused beside one that exists, where it would be void', (_, props, message) => {
  expect(() => withProps(props)).toThrow(new RangeError(message));
});

test('metrics of the shards may be off beside a stream that exists', () => {
  expect(() => withProps(givenStream({ shardLevelMetrics: false }))).not.toThrow();
});

/** These props beside a stream that exists. */
function givenStream(props: ChangePointDetectionProps) {
  const streamArn = arn('kinesis', 'stream/readings');
  return (stack: Stack) => ({ ...props, stream: Stream.fromStreamArn(stack, 'Given', streamArn) });
}

function givenTopic(stack: Stack) {
  return Topic.fromTopicArn(stack, 'Given', arn('sns', 'given'));
}

test('two of them, on one stream and in one stack, keep their metrics and their connections apart', () => {
  const app = new App({ context: { ...cdkContext, 'aws:cdk:bundling-stacks': [] } });
  const stack = new Stack(app, 'Test');
  const stream = Stream.fromStreamArn(stack, 'Given', arn('kinesis', 'stream/readings'));
  for (const id of ['North', 'South']) new ChangePointDetection(stack, id, { stream, enhancedFanOut: true });
  const template = Template.fromStack(stack);
  const consumers = Object.values(resourcesOf(template, 'AWS::Kinesis::StreamConsumer'));
  expect(consumers.map(({ Properties }) => Properties.ConsumerName)).toEqual(['Test-North', 'Test-South']);
  for (const id of ['North', 'South']) {
    const { Environment } = propertiesOf(template, 'AWS::Lambda::Function', `${id}IngestionRecorder`);
    expect(Environment).toMatchObject({ Variables: { POWERTOOLS_SERVICE_NAME: `Test-${id}` } });
    const { Dimensions } = propertiesOf(template, 'AWS::CloudWatch::Alarm', `${id}MonitoringQuarantined`);
    expect(Dimensions).toEqual([{ Name: 'service', Value: `Test-${id}` }]);
  }
});

test.each<[ChangePointDetectionProps, string]>([
  [{ shards: 0 }, "shards must be an integer from 1 to 10000, got '0'"],
  [{ streamRetentionHours: 12 }, "streamRetentionHours must be an integer from 24 to 8760, got '12'"],
  [
    { recorderBatchWindowSeconds: 301 },
    "recorderBatchWindowSeconds must be an integer from 0 to 300, got '301'",
  ],
  [
    { recorderParallelizationFactor: 1.5 },
    "recorderParallelizationFactor must be an integer from 1 to 10, got '1.5'",
  ],
  [
    { detectorBatchWindowSeconds: -1 },
    "detectorBatchWindowSeconds must be an integer from 0 to 300, got '-1'",
  ],
  [
    { detectorParallelizationFactor: 11 },
    "detectorParallelizationFactor must be an integer from 1 to 10, got '11'",
  ],
  [
    { shards: 3, recorderParallelizationFactor: 2, recorderReservedConcurrency: 5 },
    "recorderReservedConcurrency must be at least shards · recorderParallelizationFactor (6), got '5'",
  ],
  [{ eventRetentionDays: 0 }, "eventRetentionDays must be an integer from 1 to 36500, got '0'"],
  [{ maxFutureSkewSeconds: -1 }, "maxFutureSkewSeconds must be an integer from 0 to 86400, got '-1'"],
  [
    { fields: { seriesId: 'id', timestamp: 'time', value: 'id' } },
    "valueField must differ from seriesIdField and timestampField, got 'id'",
  ],
  [
    { fields: { seriesId: 'd', timestamp: 'arrival', value: 'd.temp' } },
    "valueField must not lead into another field, got 'd.temp': it can never match, because seriesIdField says that 'd' is no object",
  ],
  [
    { fields: { seriesId: 'd', timestamp: 'arrival', value: 'v' }, timestampUnit: 'ms' },
    "timestampUnit must be 'auto' where timestampField is 'arrival', got 'ms'",
  ],
  [{ detector: { alpha: 2 } }, 'alpha must be a number greater than 0 and less than 1, got 2'],
  [
    { detector: { maxRegimeLength: Number.POSITIVE_INFINITY } },
    'maxRegimeLength must be an integer from 2 · startup (10) to 100000 in the service, got Infinity',
  ],
])('%o is refused at synth', (props, message) => {
  expect(() => withProps(() => props)).toThrow(new RangeError(message));
});

test.each<[string, object, string]>([
  [
    'text for a switch',
    { enhancedFanOut: 'off' },
    'enhancedFanOut must be a boolean, got a value of type string',
  ],
  [
    'a number for a switch',
    { deletionProtection: 1 },
    'deletionProtection must be a boolean, got a value of type number',
  ],
  ['null', { shards: null }, 'shards must be a number, got a value of type object'],
  ['text for a number', { shards: '3' }, 'shards must be a number, got a value of type string'],
  ['a list', { eventRetentionDays: [7] }, 'eventRetentionDays must be a number, got a value of type object'],
  [
    'a number for a name',
    { fields: { seriesId: 's', timestamp: 't', value: 7 } },
    'valueField must be a string, got a value of type number',
  ],
  [
    'no object of options',
    { detector: 5 },
    'options must be an object with names, got a value of type Number',
  ],
])('what only a caller in JavaScript can give is refused at synth: %s', (_, props, message) => {
  expect(() => withProps(() => props)).toThrow(new RangeError(message));
});
