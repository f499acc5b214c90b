import type { Direction, ResolvedOptions, TestResult } from '@aed/core';
import type { RegimeMemory } from '../../core/src/regime-test.ts';

/** Points and their places in the season; all places 0 without one. */
export interface NaiveRegime {
  readonly values: readonly number[];
  readonly phases: readonly number[];
}

/** What a test says, and what an alarm at this point would be worth. */
export interface NaiveResult extends TestResult {
  readonly falseAlarmEvery: number;
}

/** A test of a regime by its definition. */
export interface NaiveTest {
  result(regime: NaiveRegime, options: ResolvedOptions, memory?: RegimeMemory): NaiveResult;
  /** Points before the most evident change in a direction. */
  split(regime: NaiveRegime, direction: Direction, options: ResolvedOptions): number;
  /** Points of the season that it regards; 1 for none. */
  period(options: ResolvedOptions): number;
  /** What the p-value of an alarm is below, in a regime of so many points. */
  level(options: ResolvedOptions, points: number): number;
  /** With fewer points of the new level, none is carried into the next regime. */
  leastCarried(options: ResolvedOptions): number;
  /** What the regime after this one is told. */
  memory(
    regime: NaiveRegime,
    end: number,
    split: number,
    isReport: boolean,
    options: ResolvedOptions,
    before: RegimeMemory | undefined,
  ): RegimeMemory | undefined;
}
