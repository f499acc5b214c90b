import everything from './vitest.config.ts';

/** The tests of the functions' own sources, for mutation. */
export default { ...everything, test: { ...everything.test, include: ['test/lambda/**/*.test.ts'] } };
