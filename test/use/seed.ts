import fc from 'fast-check';

/**
 * The seed of every property: a test says the same of the same sources.
 *
 * FAST_CHECK_SEED is another one, or `random` for other values with each run.
 */
const seed = process.env.FAST_CHECK_SEED ?? '2026';
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });
