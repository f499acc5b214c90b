import { describe, expect, test } from 'vitest';
import { type BatchSteps, processBatch } from '../../local/event-source-mapping/process-batch.ts';

const second = 1000;

/** Records 1 to n, one a second, named by their numbers. */
const records = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    sequenceNumber: String(index + 1),
    key: 'one',
    arrivedAt: (index + 1) * second,
    bytes: 1,
    event: index + 1,
    matchable: undefined,
  }));

type Answer = (batch: readonly number[], invocation: number) => unknown;

/** Runs a batch of n records against a function that answers as told, and writes down what happens. */
async function run(
  count: number,
  answer: Answer,
  limits: { retryAttempts?: number; bisect?: boolean; report?: boolean; maxAge?: number; now?: number } = {},
): Promise<readonly string[]> {
  const happened: string[] = [];
  const numbers = (batch: readonly { readonly event: number }[]) => batch.map(({ event }) => event);
  let invocation = 0;
  const steps: BatchSteps<number> = {
    async invoke(batch) {
      happened.push(`invoke ${numbers(batch)}`);
      return answer(numbers(batch), ++invocation);
    },
    succeeded: (batch) => happened.push(`done ${numbers(batch)}`),
    async discard(batch, condition, invocations) {
      happened.push(`discard ${numbers(batch)} after ${invocations}: ${condition}`);
    },
    async waitBeforeRetry(retry) {
      happened.push(`wait ${retry}`);
    },
    now: () => limits.now ?? 0,
    failed() {},
  };
  const batchLimits = {
    batchSize: 100,
    batchWindowSeconds: 0,
    retryAttempts: limits.retryAttempts ?? 1,
    maxRecordAgeSeconds: limits.maxAge ?? 3600,
    bisectBatchOnError: limits.bisect ?? false,
    parallelizationFactor: 1,
    reportBatchItemFailures: limits.report ?? true,
    filters: [],
  };
  await processBatch(records(count), batchLimits, steps);
  return happened;
}

const fail = () => {
  throw new Error('the function broke');
};
const failures = (...identifiers: unknown[]) => ({
  batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
});
/** Breaks while the batch holds this record. */
const poisonedBy =
  (poison: number): Answer =>
  (batch) =>
    batch.includes(poison) ? fail() : undefined;

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

  test('no retries: one invocation', async () => {
    expect(await run(1, fail, { retryAttempts: 0 })).toEqual([
      'invoke 1',
      'discard 1 after 1: RetryAttemptsExhausted',
    ]);
  });
});

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

  test('a partial answer is its own cut', async () => {
    const answer: Answer = (_, invocation) => (invocation === 1 ? failures('3') : undefined);
    expect(await run(4, answer, { bisect: true })).toEqual([
      'invoke 1,2,3,4',
      'done 1,2',
      'invoke 3,4',
      'done 3,4',
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

  test('all of it', async () => {
    expect(await run(2, () => undefined, { maxAge: 10, now: 60 * second })).toEqual([
      'discard 1,2 after 0: RecordAgeExceeded',
    ]);
  });
});
