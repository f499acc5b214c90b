import { processingLimits } from './processing-limits.ts';

/** Where waiting and chance come from; tests give their own. */
export interface Backoff {
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

export const realBackoff: Backoff = {
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
};

/** Full jitter: anything from 0 to the doubled delay, so that writers who failed together do not return together. */
export function waitBeforeRetry(backoff: Backoff, retry: number): Promise<void> {
  const longest = Math.min(
    processingLimits.longestRetryDelayMs,
    processingLimits.firstRetryDelayMs * 2 ** retry,
  );
  return backoff.wait(backoff.random() * longest);
}
