import { compareEventKeys } from '../event.ts';
import type { Head } from '../tables/head.ts';
import type { Wave } from '../wave.ts';

/** What waves mean to a series whose HEAD is known. */
export interface News {
  /** Event key of the newest event, if no test has ended there; else absent. */
  readonly newest: string | undefined;
  /**
   * Waves that came late or again: with them an event may have joined those that were tested, or one of these was corrected. And what
   * was deleted or corrected without a wave, also if it is not tested yet: a look that is under way may have read it before.
   */
  readonly again: readonly Wave[];
  /** Events in the regime. */
  readonly tested: number;
  /** Events that are too late for the regime. */
  readonly late: number;
}

export function newsOf(waves: readonly Wave[], { regimeAfter, testedThrough }: Head): News {
  const inRegime = waves.filter(({ closing }) => isAfter(closing, regimeAfter));
  const fresh = inRegime.filter(({ closing, count }) => count > 0 && isAfter(closing, testedThrough));
  let [tested, late] = [0, 0];
  for (const { closing, oldest, count } of waves) {
    const tooLate = isAfter(closing, regimeAfter) ? Number(!isAfter(oldest, regimeAfter)) : count;
    late += tooLate;
    tested += count - tooLate;
  }
  return {
    newest: fresh
      .map(({ closing }) => closing)
      .sort(compareEventKeys)
      .at(-1),
    again: inRegime.filter(({ oldest, count }) => count === 0 || !isAfter(oldest, testedThrough)),
    tested,
    late,
  };
}

/** The first event of waves. */
export function oldestOf(waves: readonly Wave[]): string | undefined {
  return waves
    .map(({ oldest }) => oldest)
    .sort(compareEventKeys)
    .at(0);
}

/** Whether an event comes after another one, or after nothing. */
export function isAfter(key: string, other: string | undefined): boolean {
  return other === undefined || compareEventKeys(key, other) > 0;
}
