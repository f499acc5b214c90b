import { afterEach, expect, test, vi } from 'vitest';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { recorderHandler } from '../../../lambda/recorder/recorder.ts';
import { useBackend } from '../../use/backend.ts';
import { faultyProxy } from '../faulty-proxy.ts';
import { kinesisRecord } from '../kinesis-record.ts';

const backend = useBackend();

afterEach(() => vi.useRealTimers());

test('a call that does not end is ended when there is just time to answer, and not before', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let wasCalled = () => {};
  const called = new Promise<void>((resolve) => {
    wasCalled = resolve;
  });
  const proxy = await faultyProxy(backend.endpoints.dynamoDb, async () => {
    wasCalled();
    return undefined;
  });
  const errors: unknown[] = [];
  const environment = { ...backend.environment, AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint };
  const handler = recorderHandler(environment, ({ error }) => errors.push(error));
  const data = JSON.stringify({ seriesId: 's', timestamp: Date.UTC(2020), value: 1 });
  const context = { getRemainingTimeInMillis: () => processingLimits.timeToAnswerMs + 1_500 };
  let answer: unknown;
  const answering = handler({ Records: [kinesisRecord('7', data)] }, context).then((given) => {
    answer = given;
  });
  await called;
  await vi.advanceTimersByTimeAsync(1_499);
  expect(answer).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  await answering;
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '7' }] });
  expect(errors).toEqual([expect.objectContaining({ message: 'the invocation came near its time-out' })]);
  vi.useRealTimers();
  await proxy.close();
});

test('an invocation that has no time left says so before it reads a record', async () => {
  const errors: unknown[] = [];
  const handler = recorderHandler(backend.environment, ({ error }) => errors.push(error));
  const context = { getRemainingTimeInMillis: () => processingLimits.timeToAnswerMs };
  expect(await handler({ Records: [kinesisRecord('7', '{}'), kinesisRecord('8', '{}')] }, context)).toEqual({
    batchItemFailures: [{ itemIdentifier: '7' }],
  });
  expect(errors).toEqual([new Error('the invocation came near its time-out')]);
});
