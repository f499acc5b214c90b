import { type Example, type Json, jsonExamples, pathExamples } from './example.ts';

const QueueUrl = '$QUEUE';
const MessageAttributes = { a: { DataType: 'String', StringValue: 'b' } };
const message = { MessageBody: 'x', DelaySeconds: 0, MessageAttributes };

const sqsBodies: readonly (readonly [string, Json])[] = [
  ['ChangeMessageVisibility', { QueueUrl, ReceiptHandle: '$RECEIPT', VisibilityTimeout: 0 }],
  [
    'ChangeMessageVisibilityBatch',
    { QueueUrl, Entries: [{ Id: 'a', ReceiptHandle: '$RECEIPT', VisibilityTimeout: 0 }] },
  ],
  ['CreateQueue', { QueueName: 'other', Attributes: { MessageRetentionPeriod: '3600' }, tags: { a: 'b' } }],
  ['DeleteMessage', { QueueUrl, ReceiptHandle: '$RECEIPT' }],
  ['DeleteMessageBatch', { QueueUrl, Entries: [{ Id: 'a', ReceiptHandle: '$RECEIPT' }] }],
  ['DeleteQueue', { QueueUrl: '$QUEUE-other' }],
  ['GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }],
  ['GetQueueUrl', { QueueName: 'queue' }],
  ['ListQueueTags', { QueueUrl }],
  ['ListQueues', { QueueNamePrefix: 'q', MaxResults: 10, NextToken: 'AAAA' }],
  ['PurgeQueue', { QueueUrl }],
  [
    'ReceiveMessage',
    {
      QueueUrl,
      MaxNumberOfMessages: 1,
      WaitTimeSeconds: 0,
      AttributeNames: ['All'],
      MessageAttributeNames: ['a'],
    },
  ],
  ['SendMessage', { QueueUrl, ...message }],
  ['SendMessageBatch', { QueueUrl, Entries: [{ Id: 'a', ...message }] }],
  [
    'SetQueueAttributes',
    {
      QueueUrl,
      Attributes: {
        VisibilityTimeout: '30',
        RedrivePolicy:
          '{"maxReceiveCount":3,"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:queue"}',
      },
    },
  ],
  ['TagQueue', { QueueUrl, Tags: { a: 'b' } }],
  ['UntagQueue', { QueueUrl, TagKeys: ['a'] }],
];

const topic = 'TopicArn=$TOPIC';
const attribute =
  'MessageAttributes.entry.1.Name=a&MessageAttributes.entry.1.Value.DataType=String&MessageAttributes.entry.1.Value.StringValue=b';

const snsBodies: readonly (readonly [string, string])[] = [
  ['ConfirmSubscription', `${topic}&Token=abc`],
  [
    'CreateTopic',
    'Name=other&Attributes.entry.1.key=DisplayName&Attributes.entry.1.value=x&Tags.member.1.Key=a&Tags.member.1.Value=b',
  ],
  ['DeleteTopic', `${topic}-other`],
  ['GetCallerIdentity', ''],
  ['GetSubscriptionAttributes', 'SubscriptionArn=$SUBSCRIPTION'],
  ['GetTopicAttributes', topic],
  ['ListSubscriptions', 'NextToken=1'],
  ['ListSubscriptionsByTopic', `${topic}&NextToken=1`],
  ['ListTagsForResource', 'ResourceArn=$TOPIC'],
  ['ListTopics', 'NextToken=1'],
  ['Publish', `${topic}&Message=x&Subject=y&${attribute}`],
  ['Publish', `${topic}&MessageStructure=json&Message=%7B%22default%22%3A%22a%22%7D`],
  [
    'PublishBatch',
    `${topic}&PublishBatchRequestEntries.member.1.Id=a&PublishBatchRequestEntries.member.1.Message=x`,
  ],
  [
    'SetSubscriptionAttributes',
    'SubscriptionArn=$SUBSCRIPTION&AttributeName=FilterPolicy&AttributeValue=%7B%22a%22%3A%5B%22b%22%5D%7D',
  ],
  ['SetTopicAttributes', `${topic}&AttributeName=DisplayName&AttributeValue=x`],
  [
    'Subscribe',
    `${topic}&Protocol=sqs&Endpoint=arn%3Aaws%3Asqs%3Aus-east-1%3A000000000000%3Aqueue&Attributes.entry.1.key=RawMessageDelivery&Attributes.entry.1.value=true`,
  ],
  ['TagResource', 'ResourceArn=$TOPIC&Tags.member.1.Key=a&Tags.member.1.Value=b'],
  ['Unsubscribe', 'SubscriptionArn=$SUBSCRIPTION'],
  ['UntagResource', 'ResourceArn=$TOPIC&TagKeys.member.1=a'],
];

const sns: readonly Example[] = snsBodies.map(([operation, fields]) => ({
  server: 'messaging',
  operation,
  method: 'POST',
  path: '/',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: `Action=${operation}&Version=2010-03-31&${fields}`,
}));

const s3 = pathExamples('messaging', [
  ['AbortMultipartUpload', 'DELETE', '/files/b?uploadId=$UPLOAD-other'],
  [
    'CompleteMultipartUpload',
    'POST',
    '/files/b?uploadId=$UPLOAD',
    '<CompleteMultipartUpload><Part><ETag>"a"</ETag><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>',
  ],
  ['CreateBucket', 'PUT', '/other'],
  ['CreateMultipartUpload', 'POST', '/files/b?uploads'],
  ['DeleteBucket', 'DELETE', '/other'],
  ['DeleteObject', 'DELETE', '/files/c'],
  [
    'DeleteObjects',
    'POST',
    '/files?delete',
    '<Delete><Object><Key>a</Key></Object><Quiet>true</Quiet></Delete>',
  ],
  ['GetObject', 'GET', '/files/a'],
  ['HeadBucket', 'HEAD', '/files'],
  ['HeadObject', 'HEAD', '/files/a'],
  ['ListBuckets', 'GET', '/'],
  [
    'ListObjects',
    'GET',
    '/files?list-type=2&prefix=a&max-keys=10&delimiter=%2F&continuation-token=AAAA&start-after=a',
  ],
  ['PutObject', 'PUT', '/files/a', 'kept'],
  ['UploadPart', 'PUT', '/files/b?partNumber=1&uploadId=$UPLOAD', 'part'],
]);

const inspection = pathExamples('messaging', [
  ['Health', 'GET', '/health'],
  ['InspectQueues', 'GET', '/_fauxqs/queues'],
  ['InspectQueue', 'GET', '/_fauxqs/queues/queue'],
]);

export const messagingExamples = [
  ...jsonExamples('messaging', 'AmazonSQS', 'application/x-amz-json-1.0', sqsBodies),
  ...sns,
  ...s3,
  ...inspection,
];
