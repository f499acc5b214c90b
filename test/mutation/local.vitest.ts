import { defineConfig } from 'vitest/config';
import everything from '../../vitest.config.ts';

/** The tests of the service on one machine, for mutation: those that run it in their own process. */
export default defineConfig({
  resolve: everything.resolve ?? {},
  test: {
    setupFiles: 'test/use/seed.ts',
    env: { SHARE_OF_RUNS: '0.1' },
    include: ['test/local/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
