import { expect, test } from 'vitest';
import { FunctionTimeoutError, invoke } from '../../local/event-source-mapping/invoke.ts';

test('the handler gets records and a context as in Lambda, and its answer comes back', async () => {
  const answer = await invoke(async (event, context) => ({ event, context }), ['a', 'b'], 'recorder', 60);
  expect(answer).toMatchObject({
    event: { Records: ['a', 'b'] },
    context: { functionName: 'recorder', awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  });
});

test('the time left counts down from the time-out', async () => {
  const left = await invoke(async (_, context) => context.getRemainingTimeInMillis(), [], 'recorder', 60);
  expect(left).toBeLessThanOrEqual(60_000);
  expect(left).toBeGreaterThan(50_000);
});

test('what the handler throws is thrown', async () => {
  const broken = new Error('store is gone');
  await expect(invoke(() => Promise.reject(broken), [], 'recorder', 60)).rejects.toBe(broken);
});

test('a handler that throws before it returns a promise rejects too', async () => {
  const handler = () => {
    throw new Error('at once');
  };
  await expect(invoke(handler, [], 'recorder', 60)).rejects.toThrow('at once');
});

test('a handler that does not answer in time fails', async () => {
  const never = invoke(() => new Promise(() => {}), [], 'recorder', 0.01);
  await expect(never).rejects.toThrow(new FunctionTimeoutError('recorder took longer than 0.01 s'));
});
