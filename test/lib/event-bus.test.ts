import { expect, test } from 'vitest';
import { deploymentLimits } from '../../lib/deployment-limits.ts';
import { asText, propertiesOf, resourcesOf, synthesize } from './synthesize.ts';

const { timeoutSeconds } = deploymentLimits.forwarder.function;

test('without a bus nothing is made for one', () => {
  for (const type of ['AWS::Lambda::Function', 'AWS::SQS::Queue', 'AWS::CloudWatch::Alarm'])
    expect(Object.keys(resourcesOf(synthesize(), type)).join()).not.toMatch(/forward/i);
});

const template = synthesize({ eventBus: 'plant' });

test('the topic feeds the queue of the forwarder, which reads it in calls of PutEvents; the topic knows nothing of the bus', () => {
  const { TopicArn, Endpoint, ...rest } = propertiesOf(
    template,
    'AWS::SNS::Subscription',
    'DetectionToForwarder',
  );
  expect([asText(TopicArn), asText(Endpoint)]).toEqual(['DetectionTopic', 'DetectionForwarderQueue.Arn']);
  expect(rest).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: true });
  const { FunctionName, EventSourceArn, ...mapping } = propertiesOf(
    template,
    'AWS::Lambda::EventSourceMapping',
    'DetectionForwarderMessages',
  );
  expect([asText(FunctionName), asText(EventSourceArn)]).toEqual([
    'DetectionForwarder',
    'DetectionForwarderQueue.Arn',
  ]);
  expect(mapping).toEqual({
    BatchSize: 10,
    ScalingConfig: { MaximumConcurrency: 2 },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
  const queue = propertiesOf(template, 'AWS::SQS::Queue', 'DetectionForwarderQueue');
  expect(queue).toMatchObject({
    VisibilityTimeout: 6 * timeoutSeconds,
    RedrivePolicy: { maxReceiveCount: deploymentLimits.topicQueue.receives },
    SqsManagedSseEnabled: true,
  });
});

test.each([
  ['plant', 'arn:AWS::Partition:events:AWS::Region:AWS::AccountId:event-bus/plant'],
  ['default', 'arn:AWS::Partition:events:AWS::Region:AWS::AccountId:event-bus/default'],
  [
    'arn:aws:events:eu-west-1:111122223333:event-bus/all/plants',
    'arn:aws:events:eu-west-1:111122223333:event-bus/all/plants',
  ],
])(
  'with %s, the forwarder may put events of its own source on that bus alone, and ask whether it is there',
  (eventBus, arn) => {
    const template = synthesize({ eventBus });
    const { PolicyDocument } = propertiesOf(
      template,
      'AWS::IAM::Policy',
      'DetectionForwarderRoleDefaultPolicy',
    );
    const { Statement } = PolicyDocument as { Statement: readonly Record<string, unknown>[] };
    const [statement, look, ...others] = Statement.filter(({ Action }) =>
      JSON.stringify(Action).includes('events:'),
    );
    expect(others).toEqual([]);
    expect({ ...look, Resource: asText(look?.Resource) }).toEqual({
      Effect: 'Allow',
      Action: 'events:DescribeEventBus',
      Resource: arn,
    });
    expect({ ...statement, Resource: asText(statement?.Resource) }).toEqual({
      Effect: 'Allow',
      Action: 'events:PutEvents',
      Resource: arn,
      Condition: { StringEquals: { 'events:source': 'aed' } },
    });
    const { Environment } = propertiesOf(template, 'AWS::Lambda::Function', 'DetectionForwarder');
    expect(Environment).toMatchObject({ Variables: { EVENT_BUS: eventBus } });
  },
);

test.each([
  ['ForwarderBehind', 2 * 3600, 'ApproximateAgeOfOldestMessage'],
  ['NotForwarded', 0, 'ApproximateNumberOfMessagesVisible'],
  ['ForwarderFailed', 0, 'Errors'],
  ['ForwarderThrottled', 0, 'Throttles'],
  ['ForwarderSlow', timeoutSeconds * 800, 'Duration'],
])('the alarm %s fires above %d of %s', (name, Threshold, MetricName) => {
  const alarm = propertiesOf(template, 'AWS::CloudWatch::Alarm', `Monitoring${name}`);
  expect(alarm).toMatchObject({ Threshold, MetricName, ComparisonOperator: 'GreaterThanThreshold' });
});

test.each([['a b'], ['arn:aws:sns:eu-west-1:111122223333:event-bus/x'], [`${'x'.repeat(257)}`]])(
  'a bus %j is refused by name',
  (eventBus) => {
    expect(() => synthesize({ eventBus })).toThrow(
      new RangeError(
        `eventBus must be the ARN of a bus, or 1 to 256 of the characters a-z A-Z 0-9 / . - _, got '${eventBus}'`,
      ),
    );
  },
);
