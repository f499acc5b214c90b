import { setTimeout as wait } from 'node:timers/promises';

const pauseMs = 200;

/**
 * Asks again and again until there is an answer; there is no event to wait for in another process's store.
 *
 * @throws Error naming what did not come about in time
 */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined>,
  timeoutMs: number,
): Promise<Answer> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs / 1000} s in vain until ${what}`);
    await wait(pauseMs);
  }
}
