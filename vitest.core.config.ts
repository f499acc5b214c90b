import { mergeConfig } from 'vitest/config';
import everything from './vitest.config.ts';

/** The tests of the core alone: for its coverage, which is to be complete, and for mutation. */
const config = mergeConfig(everything, {
  test: {
    coverage: {
      include: ['core/src/**/*.ts'],
      reporter: ['text'],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});

export default { ...config, test: { ...config.test, include: ['test/core/**/*.test.ts'] } };
