import { afterEach, expect, test, vi } from 'vitest';
import { realBackoff, waitBeforeRetry } from '../../lambda/backoff.ts';
import { processingLimits } from '../../lambda/processing-limits.ts';
import { severalAtOnce } from '../../lambda/several-at-once.ts';

const { firstRetryDelayMs, longestRetryDelayMs } = processingLimits;

/** How long the first retries wait, by the largest or another share of their longest wait. */
async function waits(share: number): Promise<readonly number[]> {
  const waited: number[] = [];
  const backoff = { wait: async (ms: number) => void waited.push(ms), random: () => share };
  for (let retry = 0; retry < 10; retry++) await waitBeforeRetry(backoff, retry);
  return waited;
}

test('the longest wait doubles up to a bound, and the wait is a random share of it', async () => {
  const longest = await waits(1);
  expect(longest[0]).toBe(firstRetryDelayMs);
  for (const [retry, wait] of longest.entries()) {
    expect(wait).toBeLessThanOrEqual(longestRetryDelayMs);
    if (wait < longestRetryDelayMs) expect(longest[retry + 1]).toBe(Math.min(2 * wait, longestRetryDelayMs));
  }
  expect(longest.at(-1)).toBe(longestRetryDelayMs);
  expect(await waits(0.25)).toEqual(longest.map((wait) => wait / 4));
  expect(Math.max(...(await waits(0)))).toBe(0);
});

afterEach(() => vi.useRealTimers());

test('a wait ends after its time, and not before', async () => {
  vi.useFakeTimers();
  let hasEnded = false;
  const waiting = realBackoff.wait(50).then(() => {
    hasEnded = true;
  });
  await vi.advanceTimersByTimeAsync(49);
  expect(hasEnded).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await waiting;
  expect(hasEnded).toBe(true);
});

test.each([
  [0, 3],
  [2, 3],
  [7, 3],
  [7, 1],
])('of %i some are at work, %i at most; each is done once, in their order', async (count, most) => {
  const many = Array.from({ length: count }, (_, index) => index);
  const begun: number[] = [];
  let atWork = 0;
  let mostAtWork = 0;
  await severalAtOnce(many, most, async (one) => {
    begun.push(one);
    mostAtWork = Math.max(mostAtWork, ++atWork);
    // Some are done before others that began earlier.
    for (let turn = 0; turn <= (one * 5) % 7; turn++) await undefined;
    atWork--;
  });
  expect(begun).toEqual(many);
  expect([mostAtWork, atWork]).toEqual([Math.min(count, most), 0]);
});
