import { mergeConfig } from 'vitest/config';
import everything from './vitest.config.ts';

/**
 * The tests of the core's source alone, for its coverage, which is to be complete, and for mutation: without the test of the
 * package, which builds what it tests.
 */
const config = mergeConfig(everything, {
  test: {
    exclude: ['test/core/package.test.ts'],
    coverage: {
      include: ['core/src/**/*.ts'],
      reporter: ['text'],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});

export default { ...config, test: { ...config.test, include: ['test/core/**/*.test.ts'] } };
