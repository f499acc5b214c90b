import { describe, expect, test } from 'vitest';
import { type Answer, failures, poisonedBy, records, run } from './run-batch.ts';

describe('bisecting homes in on the record that fails, in order and without spending retries', () => {
  test('one poison record is discarded alone', async () => {
    expect(await run(4, poisonedBy(3), { bisect: true, retryAttempts: 1 })).toEqual([
      'invoke 1,2,3,4',
      'invoke 1,2',
      'done 1,2',
      'invoke 3,4',
      'invoke 3',
      'wait 1',
      'invoke 3',
      'discard 3 after 4: RetryAttemptsExhausted',
      'invoke 4',
      'done 4',
    ]);
  });

  test.each([1, 2, 3, 7, 16, 100])(
    'of %i records, wherever the poison is, all others are done in order',
    async (count) => {
      for (let poison = 1; poison <= count; poison++) {
        const happened = await run(count, poisonedBy(poison), { bisect: true, retryAttempts: 2 });
        const done = happened.flatMap((line) =>
          line.startsWith('done') ? line.slice(5).split(',').map(Number) : [],
        );
        expect(done).toEqual(
          records(count)
            .map(({ event }) => event)
            .filter((event) => event !== poison),
        );
        expect(happened.filter((line) => line.startsWith('discard'))).toEqual([
          expect.stringMatching(`^discard ${poison} after [0-9]+: RetryAttemptsExhausted$`),
        ]);
        // The first try of the record alone, and both of its retries.
        expect(happened.filter((line) => line === `invoke ${poison}`)).toHaveLength(3);
      }
    },
  );

  test('an answer that names the first record leaves nothing done: the batch is halved', async () => {
    const answer: Answer = (batch) => (batch.includes(1) && batch.length > 1 ? failures('1') : undefined);
    expect(await run(4, answer, { bisect: true })).toEqual([
      'invoke 1,2,3,4',
      'invoke 1,2',
      'invoke 1',
      'done 1',
      'invoke 2',
      'done 2',
      'invoke 3,4',
      'done 3,4',
    ]);
  });

  test('a partial answer cuts the batch where it says, not in half', async () => {
    const answer: Answer = (_, invocation) => (invocation === 1 ? failures('3') : undefined);
    expect(await run(4, answer, { bisect: true })).toEqual([
      'invoke 1,2,3,4',
      'done 1,2',
      'invoke 3,4',
      'done 3,4',
    ]);
  });
});
