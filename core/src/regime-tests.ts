import { MppRegimeTest } from './mpp-regime-test.ts';
import type { ResolvedOptions } from './options.ts';
import type { RegimeStart, RegimeTest } from './regime-test.ts';
import { ScanRegimeTest } from './scan/scan-regime-test.ts';

/** Starts a test of a regime, from nothing or from what the regime begins with. */
export type StartRegimeTest = (options: ResolvedOptions, begun?: RegimeStart) => RegimeTest;

/**
 * Every test that a detector can be built on, by the name of its statistic.
 *
 * The contract in `test/core/regime-tests.test.ts` holds for each of them.
 */
export const regimeTests = {
  mpp: (options, begun?) => new MppRegimeTest(options, begun),
  scan: (options, begun?) => new ScanRegimeTest(options, begun),
} satisfies Record<ResolvedOptions['statistic'], StartRegimeTest>;

/** What the statistic of a test is called. */
export type Statistic = keyof typeof regimeTests;

/** The test that options ask for. */
export const startRegimeTest: StartRegimeTest = (options, begun) =>
  regimeTests[options.statistic](options, begun);

/**
 * With fewer points of the new level, `restart: 'change'` carries none of them into the next regime.
 *
 * The points that raise a false alarm are unusual ones. A regime that begins with them has its next false alarm in half of the usual time, however many
 * they are, since the series goes back to its level. Few false alarms have so many: the mean stays what is stated. A true shift is known sooner than that.
 * With a season, four periods: of fewer, the place of a change is too uncertain to begin a regime there.
 */
export function leastCarried({ statistic, period }: Pick<ResolvedOptions, 'statistic' | 'period'>): number {
  return statistic === 'mpp' ? 1 : Math.max(128, 4 * period);
}
