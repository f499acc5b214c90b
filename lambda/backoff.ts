import { processingLimits } from './processing-limits.ts';

/** The source of waiting and of randomness; tests give their own. */
export interface Backoff {
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

export const realBackoff: Backoff = {
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
};

/** Full jitter: a random wait from 0 to the doubled delay, so that writers that failed together do not retry together. */
export function waitBeforeRetry(backoff: Backoff, retry: number): Promise<void> {
  const longest = Math.min(
    processingLimits.longestRetryDelayMs,
    processingLimits.firstRetryDelayMs * 2 ** retry,
  );
  return backoff.wait(backoff.random() * longest);
}
