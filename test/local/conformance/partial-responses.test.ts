import { describe, expect, test } from 'vitest';
import { type Answer, fail, failures, run } from './run-batch.ts';

describe('a batch that succeeds is done', () => {
  test.each([
    ['no answer', undefined],
    ['null', null],
    ['an empty object', {}],
    ['no list of failures', { batchItemFailures: null }],
    ['an empty list of failures', failures()],
  ])('by %s', async (_, answer) => {
    expect(await run(3, () => answer)).toEqual(['invoke 1,2,3', 'done 1,2,3']);
  });
});

describe('a batch that fails as a whole is repeated as a whole', () => {
  test.each<[string, Answer]>([
    ['an error thrown', fail],
    ['an empty identifier', () => failures('')],
    ['a null identifier', () => failures(null)],
    ['an unknown identifier', () => failures('99')],
    ['an unknown identifier among known ones', () => failures('2', '99')],
    ['an entry without identifier', () => ({ batchItemFailures: [{}] })],
    ['a list that is none', () => ({ batchItemFailures: 'all' })],
  ])('after %s', async (_, answer) => {
    expect(await run(3, (batch, invocation) => (invocation === 1 ? answer(batch, 1) : undefined))).toEqual([
      'invoke 1,2,3',
      'wait 1',
      'invoke 1,2,3',
      'done 1,2,3',
    ]);
  });
});

describe('a batch that fails in part is repeated from its first failed record on', () => {
  test('of several failures the lowest counts', async () => {
    const answer: Answer = (_, invocation) => (invocation === 1 ? failures('4', '3') : undefined);
    expect(await run(5, answer)).toEqual(['invoke 1,2,3,4,5', 'done 1,2', 'invoke 3,4,5', 'done 3,4,5']);
  });

  test('what is left has all its retries', async () => {
    const answer: Answer = (batch) =>
      failures(batch.includes(2) && batch.length > 2 ? '2' : batch[0]?.toString());
    expect(await run(3, answer, { retryAttempts: 1 })).toEqual([
      'invoke 1,2,3',
      'done 1',
      'invoke 2,3',
      'wait 1',
      'invoke 2,3',
      'discard 2,3 after 3: RetryAttemptsExhausted',
    ]);
  });

  test('unless partial answers are off: then any answer is success', async () => {
    expect(await run(3, () => failures('2'), { report: false })).toEqual(['invoke 1,2,3', 'done 1,2,3']);
  });
});
