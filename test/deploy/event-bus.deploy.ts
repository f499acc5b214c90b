import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forwarderHandler } from '../../lambda/forwarder/forwarder.ts';
import type { ReportEntry } from '../../lambda/function-report.ts';
import { aChangePoint } from '../lambda/a-change-point.ts';
import { type MiniStack, startMiniStack } from './ministack.ts';
import { until } from './until.ts';

let ministack: MiniStack;

beforeAll(async () => {
  ministack = await startMiniStack();
});
afterAll(() => ministack?.stop());

test('a rule of the guide gets what it asks for of the change points that the forwarder puts on a bus', async () => {
  const { endpoint } = ministack;
  const client = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const [events, sqs] = [new EventBridgeClient(client), new SQSClient(client)];
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'boilers' }));
  await events.send(new CreateEventBusCommand({ Name: 'plant' }));
  const rule = { EventBusName: 'plant', Rule: 'large-rises' };
  await events.send(
    new PutRuleCommand({
      EventBusName: 'plant',
      Name: rule.Rule,
      EventPattern: JSON.stringify({
        source: ['aed'],
        'detail-type': ['Change Point Detected'],
        detail: {
          seriesId: [{ prefix: 'boiler-' }],
          magnitude: [{ numeric: ['>', 5] }],
          muted: [{ exists: false }],
        },
      }),
    }),
  );
  await events.send(
    new PutTargetsCommand({
      ...rule,
      Targets: [{ Id: 'q', Arn: 'arn:aws:sqs:us-east-1:000000000000:boilers' }],
    }),
  );
  const reported: ReportEntry[] = [];
  const environment = {
    EVENT_BUS: 'plant',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: endpoint,
  };
  const wanted = aChangePoint({ id: 'wanted', seriesId: 'boiler-7', magnitude: 25 });
  const found = [
    { ...wanted, id: 'small', magnitude: 1 },
    { ...wanted, id: 'other', seriesId: 'pump-3' },
    { ...wanted, id: 'muted', muted: true },
    { ...wanted, id: 'retracted', retractedAt: '2026-01-01T00:00:00.000Z' },
    wanted,
  ];
  const Records = found.map((one) => ({
    messageId: one.id,
    receiptHandle: one.id,
    body: JSON.stringify(one),
  }));
  const forward = forwarderHandler(environment, (entry) => reported.push(entry));
  expect(await forward({ Records })).toEqual({ batchItemFailures: [] });
  expect(reported).toEqual([{ step: 'forwarder', forwarded: 5, refused: 0, foreign: 0 }]);
  const [first, ...others] = await until(
    'an event came through the bus',
    async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))).Messages,
    30_000,
  );
  expect(others).toEqual([]);
  expect(JSON.parse(first?.Body ?? '')).toMatchObject({
    source: 'aed',
    'detail-type': 'Change Point Detected',
    detail: JSON.parse(JSON.stringify(wanted)),
  });
});
