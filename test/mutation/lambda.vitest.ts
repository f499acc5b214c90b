import { defineConfig } from 'vitest/config';
import everything from '../../vitest.config.ts';

/**
 * The tests of the functions' own sources, for mutation, and those of files and settings: these read most forms of numbers and times, and
 * refuse what can never match.
 *
 * Loading the sources once, not for each test file, halves the time. Properties have fewer runs.
 */
export default defineConfig({
  resolve: everything.resolve ?? {},
  test: {
    isolate: false,
    setupFiles: 'test/use/seed.ts',
    env: { SHARE_OF_RUNS: '0.1' },
    include: [
      'test/lambda/**/*.test.ts',
      'test/cli/input/*.test.ts',
      'test/cli/{points-of-time,period-in-places}.test.ts',
      'test/lib/settings.test.ts',
    ],
    testTimeout: 120_000,
  },
});
