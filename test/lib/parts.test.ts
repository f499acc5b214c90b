import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { ChangePointDetection } from '../../lib/change-point-detection.ts';
import { deploymentLimits } from '../../lib/deployment-limits.ts';
import { ownConsumer } from '../../lib/record-stream.ts';
import { cdkContext } from './cdk-context.ts';
import { asText, propertiesOf, resourcesOf, synthesize } from './synthesize.ts';

const newStack = () =>
  new Stack(new App({ context: { ...cdkContext, 'aws:cdk:bundling-stacks': [] } }), 'Test');
const template = synthesize({ eventBus: 'plant', customerManagedKey: 'on' });

test('the service gives the stream to put to, and the topics to subscribe to', () => {
  const stack = newStack();
  const { stream, topic, peopleTopic } = new ChangePointDetection(stack, 'Default');
  const names = [stream.streamArn, topic.topicArn, peopleTopic.topicArn].map((arn) =>
    asText(stack.resolve(arn)),
  );
  expect(names).toEqual(['IngestionStream.Arn', 'DetectionTopic', 'DetectionPeopleTopic']);
});

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RegisterStreamConsumer.html: "Maximum length of 128"
test('a service deep in a stack connects to its stream by the start of its name, which Kinesis takes', () => {
  const stack = newStack();
  const service = new Construct(new Construct(stack, 'x'.repeat(150)), 'Readings');
  ownConsumer(new Construct(service, 'Ingestion'), new Stream(stack, 'Stream'));
  const [consumer] = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::Kinesis::StreamConsumer'));
  expect(consumer?.Properties.ConsumerName).toBe(`Test-${'x'.repeat(123)}`);
});

test('two services that leave nothing behind share the function that empties buckets, and its log', () => {
  const stack = newStack();
  for (const id of ['North', 'South'])
    new ChangePointDetection(stack, id, { removalPolicy: RemovalPolicy.DESTROY });
  const both = Template.fromStack(stack);
  const logs = Object.entries(resourcesOf(both, 'AWS::Logs::LogGroup'));
  const ofEmptier = logs.filter(([name]) => name.startsWith('CustomS3AutoDeleteObjects'));
  expect(ofEmptier).toHaveLength(1);
  for (const [, { DeletionPolicy, Properties }] of logs)
    expect([DeletionPolicy, Properties.RetentionInDays]).toEqual([
      'Delete',
      deploymentLimits.logRetentionDays,
    ]);
  expect(Object.keys(resourcesOf(both, 'Custom::S3AutoDeleteObjects'))).toHaveLength(2);
});

describe.each(Object.entries(resourcesOf(template, 'AWS::Lambda::Function')))(
  '%s',
  (name, { Properties }) => {
    test('runs on the cheaper processors, and tells the lines of the source in its stack traces', () => {
      expect(Properties).toMatchObject({
        Architectures: ['arm64'],
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
      });
      const { Variables } = Properties.Environment as { readonly Variables: object };
      expect(Variables).toMatchObject({ NODE_OPTIONS: '--enable-source-maps' });
    });

    test('has a log and a role of its own', () => {
      expect(asText((Properties.LoggingConfig as { readonly LogGroup: unknown }).LogGroup)).toBe(
        `${name}Log`,
      );
      expect(asText(Properties.Role)).toBe(`${name}Role.Arn`);
      const { AssumeRolePolicyDocument } = propertiesOf(template, 'AWS::IAM::Role', `${name}Role`);
      expect(AssumeRolePolicyDocument).toMatchObject({
        Statement: [
          { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
        ],
      });
    });
  },
);

// SNS shows it as the sender of a mail.
test('each topic has a name of its own that people can read', () => {
  const topics = Object.values(resourcesOf(template, 'AWS::SNS::Topic'));
  const names = topics.map(({ Properties }) => String(Properties.DisplayName));
  for (const name of names) expect(name).toMatch(/^[A-Z][\w ,-]*\w$/);
  for (const name of names) expect(name).toMatch(/change[ -]point/i);
  expect(new Set(names).size).toBe(topics.length);
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
test('a key of its own: the logs may do with it what they need, for log groups of this account and region', () => {
  const { KeyPolicy } = propertiesOf(template, 'AWS::KMS::Key', 'Key');
  const { Statement } = KeyPolicy as {
    readonly Statement: readonly {
      readonly Action: unknown;
      readonly Resource: unknown;
      readonly Effect: string;
      readonly Condition?: { readonly ArnLike?: Readonly<Record<string, unknown>> };
    }[];
  };
  const [ofLogs, ...others] = Statement.filter(({ Condition }) => Condition?.ArnLike !== undefined);
  expect(others).toEqual([]);
  expect(ofLogs).toMatchObject({
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    Resource: '*',
  });
  const { ArnLike = {} } = ofLogs?.Condition ?? {};
  expect(Object.entries(ArnLike).map(([name, arn]) => [name, asText(arn)])).toEqual([
    ['kms:EncryptionContext:aws:logs:arn', 'arn:AWS::Partition:logs:AWS::Region:AWS::AccountId:*'],
  ]);
});

test('what is set aside in the bucket is encrypted by the key with one call for many objects', () => {
  const { BucketEncryption } = propertiesOf(template, 'AWS::S3::Bucket', 'IngestionQuarantineBucket');
  expect(BucketEncryption).toMatchObject({ ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true }] });
});

test('the messages of a queue come from the topic alone', () => {
  for (const name of ['DigestQueue', 'ForwarderQueue']) {
    const { PolicyDocument } = propertiesOf(template, 'AWS::SQS::QueuePolicy', `Detection${name}Policy`);
    const { Statement } = PolicyDocument as {
      readonly Statement: readonly Readonly<Record<string, unknown>>[];
    };
    const allowed = Statement.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed.map(({ Resource }) => asText(Resource))).toEqual([`Detection${name}.Arn`]);
    expect(allowed).toMatchObject([
      {
        Action: 'sqs:SendMessage',
        Principal: { Service: 'sns.amazonaws.com' },
        Condition: {
          ArnEquals: { 'aws:SourceArn': { Ref: expect.stringMatching(/^DetectionTopic[0-9A-F]{8}$/) } },
        },
      },
    ]);
    expect(Statement.filter(({ Effect }) => Effect === 'Deny')).toMatchObject([
      { Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  }
});
