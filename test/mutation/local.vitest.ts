import { defineConfig } from 'vitest/config';
import everything from '../../vitest.config.ts';

/** The tests of the service on one machine, for mutation: those that run it in their own process, also as `aed local`. */
export default defineConfig({
  resolve: everything.resolve ?? {},
  test: {
    setupFiles: everything.test?.setupFiles ?? [],
    expect: everything.test?.expect ?? {},
    env: { SHARE_OF_RUNS: '0.1' },
    include: ['test/local/**/*.test.ts', 'test/cli/service/{start-and-stop,left-queues}.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
