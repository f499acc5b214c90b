import { defineConfig } from 'vitest/config';
import everything from '../../vitest.config.ts';

/**
 * The tests of the core for its mutation run: fewer random streams, and without the tests of place, which say nothing of a
 * mutant that the others do not say sooner.
 */
export default defineConfig({
  resolve: everything.resolve ?? {},
  test: {
    setupFiles: 'test/use/seed.ts',
    include: ['test/core/**/*.test.ts'],
    testNamePattern: /^(?!.*(100,000 quiet points|beyond 32 bits))/,
    env: { SHARE_OF_RUNS: '0.07' },
    exclude: ['test/core/location.test.ts'],
    testTimeout: 120_000,
  },
});
