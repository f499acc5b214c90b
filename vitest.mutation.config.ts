import core from './vitest.core.config.ts';

/**
 * For the mutation run of the core: without the tests of place and of time, which take seconds each and say nothing of a
 * mutant that the others do not say sooner.
 */
export default {
  ...core,
  test: {
    ...core.test,
    exclude: ['test/core/package.test.ts', 'test/core/location.test.ts', 'test/core/worst-case.test.ts'],
  },
};
