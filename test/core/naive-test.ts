import type { Direction, ResolvedOptions, TestResult } from '@aed/core';
import type { RegimeMemory } from '../../core/src/regime-test.ts';

/** What a test says, and what an alarm at this point would be worth. */
export interface NaiveResult extends TestResult {
  readonly falseAlarmEvery: number;
}

/** A test of a regime by its definition. */
export interface NaiveTest {
  result(regime: readonly number[], options: ResolvedOptions, memory?: RegimeMemory): NaiveResult;
  /** Points before the most evident change in a direction. */
  split(regime: readonly number[], direction: Direction, options: ResolvedOptions): number;
  /** What the p-value of an alarm is below, in a regime of so many points. */
  level(options: ResolvedOptions, points: number): number;
  /** With fewer points of the new level, none is carried into the next regime. */
  readonly leastCarried: number;
  /** What the regime after this one is told. */
  memory(
    regime: readonly number[],
    end: number,
    split: number,
    isReport: boolean,
    options: ResolvedOptions,
    before: RegimeMemory | undefined,
  ): RegimeMemory | undefined;
}
