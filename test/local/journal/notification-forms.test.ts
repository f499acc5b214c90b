import { expect, test } from 'vitest';
import { notification, rawMessage } from '../../../local/journal/notification-forms.ts';

const form = {
  Action: 'Publish',
  TopicArn: 'arn:aws:sns:us-east-1:000000000000:changes',
  Subject: 'Change points',
  Message: 'a level rose',
  'MessageAttributes.entry.1.Name': 'seriesId',
  'MessageAttributes.entry.1.Value.DataType': 'String',
  'MessageAttributes.entry.1.Value.StringValue': 'pump 1',
  'MessageAttributes.entry.12.Name': 'picture',
  'MessageAttributes.entry.12.Value.DataType': 'Binary',
  'MessageAttributes.entry.12.Value.BinaryValue': 'AAE=',
  'MessageAttributes.entry.2.Name': 'empty',
  'MessageAttributes.entry.2.Value.DataType': 'String',
  'MessageAttributes.entry.2.Value.StringValue': '',
};

// https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html
test('a queue gets a message in an envelope, with each attribute as its type and value', () => {
  const { MessageBody, ...others } = notification(form, 'an id') as { readonly MessageBody: string };
  expect(others).toEqual({});
  const { Timestamp, ...envelope } = JSON.parse(MessageBody);
  expect(new Date(Timestamp).toISOString()).toBe(Timestamp);
  expect(envelope).toEqual({
    Type: 'Notification',
    MessageId: 'an id',
    TopicArn: form.TopicArn,
    Subject: 'Change points',
    Message: 'a level rose',
    MessageAttributes: {
      seriesId: { Type: 'String', Value: 'pump 1' },
      picture: { Type: 'Binary', Value: 'AAE=' },
      empty: { Type: 'String', Value: '' },
    },
  });
});

test('a message without a subject has none in its envelope', () => {
  const { Subject: _, ...without } = form;
  const { MessageBody } = notification(without, 'an id') as { readonly MessageBody: string };
  expect(JSON.parse(MessageBody)).not.toHaveProperty('Subject');
});

// https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html
test('a queue of raw messages gets the text alone, and the attributes as SQS writes them', () => {
  expect(rawMessage(form)).toEqual({
    MessageBody: 'a level rose',
    MessageAttributes: {
      seriesId: { DataType: 'String', StringValue: 'pump 1' },
      picture: { DataType: 'Binary', BinaryValue: 'AAE=' },
      empty: { DataType: 'String', StringValue: '' },
    },
  });
});

test.each([
  'XMessageAttributes.entry.1.Name',
  'MessageAttributes.entry.1.Names',
  'MessageAttributes.entry.x.Name',
  'MessageAttributes.entry..Name',
])('the field %s names no attribute', (field) => {
  expect(rawMessage({ Message: 'm', [field]: 'a' })).toEqual({ MessageBody: 'm', MessageAttributes: {} });
});
