import core from './vitest.core.config.ts';

/**
 * For the mutation run of the core: fewer random streams, and without the tests of place and of time, which say nothing of a mutant
 * that the others do not say sooner.
 */
export default {
  ...core,
  test: {
    ...core.test,
    testNamePattern: /^(?!.*(100,000 quiet points|beyond 32 bits))/,
    env: { SHARE_OF_STREAMS: '0.04' },
    exclude: ['test/core/package.test.ts', 'test/core/location.test.ts', 'test/core/worst-case.test.ts'],
  },
};
