import fc from 'fast-check';
import { runsOf } from './share-of-runs.ts';

/**
 * The seed of every property: a test says the same of the same sources.
 *
 * FAST_CHECK_SEED is another one, or `random` for other values with each run. SHARE_OF_RUNS is how many runs a property has that names no
 * number of its own, as a share of fast-check's default.
 */
const seed = process.env.FAST_CHECK_SEED ?? '2026';
const numRuns = runsOf(100);
fc.configureGlobal(seed === 'random' ? { numRuns } : { numRuns, seed: Number(seed) });
