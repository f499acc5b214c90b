import { describe, expect, test } from 'vitest';
import { fail, run, second } from './run-batch.ts';

describe('retries end', () => {
  test('a batch is discarded whole when they are used up', async () => {
    expect(await run(2, fail, { retryAttempts: 2 })).toEqual([
      'invoke 1,2',
      'wait 1',
      'invoke 1,2',
      'wait 2',
      'invoke 1,2',
      'discard 1,2 after 3: RetryAttemptsExhausted',
    ]);
  });

  test('but not if their number is -1', async () => {
    let left = 30;
    const log = await run(1, () => (left-- > 0 ? fail() : undefined), { retryAttempts: -1 });
    expect(log.filter((step) => step === 'invoke 1')).toHaveLength(31);
    expect(log.at(-1)).toBe('done 1');
  });

  test('no retries: one invocation', async () => {
    expect(await run(1, fail, { retryAttempts: 0 })).toEqual([
      'invoke 1',
      'discard 1 after 1: RetryAttemptsExhausted',
    ]);
  });
});

describe('records that are too old are discarded without being tried', () => {
  test('some of a batch', async () => {
    expect(await run(3, () => undefined, { maxAge: 10, now: 12.5 * second })).toEqual([
      'discard 1,2 after 0: RecordAgeExceeded',
      'invoke 3',
      'done 3',
    ]);
  });

  test('one of just that age is not too old: each is tried or discarded, and none is both', async () => {
    expect(await run(3, () => undefined, { maxAge: 10, now: 12 * second })).toEqual([
      'discard 1 after 0: RecordAgeExceeded',
      'invoke 2,3',
      'done 2,3',
    ]);
  });

  test('none, if the age is -1', async () => {
    expect(await run(1, () => undefined, { maxAge: -1, now: 1e9 * second })).toEqual(['invoke 1', 'done 1']);
  });

  test('all of it', async () => {
    expect(await run(2, () => undefined, { maxAge: 10, now: 60 * second })).toEqual([
      'discard 1,2 after 0: RecordAgeExceeded',
    ]);
  });
});
