import { defineConfig } from 'vitest/config';
import everything from '../../vitest.config.ts';

/** The tests of the functions' own sources, for mutation. Loading the sources once, not for each file, halves the time. */
export default defineConfig({
  resolve: everything.resolve ?? {},
  test: { isolate: false, include: ['test/lambda/**/*.test.ts'], testTimeout: 120_000 },
});
