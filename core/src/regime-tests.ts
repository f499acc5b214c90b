import { MppRegimeTest } from './mpp-regime-test.ts';
import type { ResolvedOptions } from './options.ts';
import type { RegimeTest } from './regime-test.ts';

/** Starts a test of a regime, from no points or from the first ones. */
export type StartRegimeTest = (options: ResolvedOptions, values?: Iterable<number>) => RegimeTest;

/**
 * Every test that a detector can be built on, by the name of its statistic.
 *
 * The contract in `test/core/regime-tests.test.ts` holds for each of them.
 */
export const regimeTests = {
  mpp: (options, values?) => new MppRegimeTest(options, values),
} satisfies Record<string, StartRegimeTest>;

/** What the statistic of a test is called. */
export type Statistic = keyof typeof regimeTests;

/** The test that options ask for. */
export const startRegimeTest: StartRegimeTest = regimeTests.mpp;
