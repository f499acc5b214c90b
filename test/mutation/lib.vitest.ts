import { defineConfig } from 'vitest/config';
import everything from '../../vitest.config.ts';

/** The tests of the stack, for mutation, without the one that runs the command line of the CDK: its process knows no mutant. */
export default defineConfig({
  resolve: everything.resolve ?? {},
  test: {
    isolate: false,
    setupFiles: 'test/use/seed.ts',
    env: { SHARE_OF_RUNS: '0.1' },
    include: ['test/lib/**/*.test.ts'],
    exclude: ['test/lib/synth.test.ts'],
    testTimeout: 120_000,
  },
});
