import { afterAll, vi } from 'vitest';

/** Files of tests follow one another in one process: what a file changed for all of it is for the next one as it was. */
afterAll(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
