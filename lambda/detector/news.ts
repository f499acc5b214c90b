import { compareEventKeys, epochOfEventKey } from '../event.ts';
import { processingLimits } from '../processing-limits.ts';
import type { Head } from '../tables/head.ts';
import type { Wave } from '../tables/wave.ts';

/** What waves mean to a series whose HEAD is known. */
export interface News {
  /**
   * Event key of the newest event, if no test has ended there yet. If all is tested, and a wave that was tested ahead has come and few more are to
   * come, the key of the newest tested event: there may be more beyond it by now. Else absent.
   */
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
  /** Ids of waves that an earlier look tested, and that are still to come. */
  readonly ahead: readonly string[];
  /** Milliseconds from one wave to the next, as those that arrived tell; absent if they do not. */
  readonly pace: number | undefined;
}

/** Waves that were tested before their records came are no news. The HEAD has their ids. */
export function newsOf(all: readonly Wave[], head: Head): News {
  const { regimeAfter, testedThrough } = head;
  const known = aheadIn(head);
  const arrived = new Set(all.map(({ id }) => id));
  const waves = all.filter(({ id }) => id === undefined || !known.includes(id));
  const inRegime = waves.filter(({ closing }) => isAfter(closing, regimeAfter));
  const fresh = inRegime.filter(({ closing, count }) => count > 0 && isAfter(closing, testedThrough));
  // Records of a series come in the order in which its waves were closed.
  const ahead = fresh.length > 0 ? [] : known.slice(1 + known.findLastIndex((id) => arrived.has(id)));
  const isNear = ahead.length < processingLimits.aheadWaves / 2;
  let [tested, late] = [0, 0];
  for (const { closing, oldest, count } of waves) {
    const tooLate = isAfter(closing, regimeAfter) ? Number(!isAfter(oldest, regimeAfter)) : count;
    late += tooLate;
    tested += count - tooLate;
  }
  return {
    newest:
      fresh
        .map(({ closing }) => closing)
        .sort(compareEventKeys)
        .at(-1) ?? (waves.length < all.length && isNear ? testedThrough : undefined),
    again: inRegime.filter(({ oldest, count }) => count === 0 || !isAfter(oldest, testedThrough)),
    tested,
    late,
    ahead,
    // Worked out only when asked for: a look makes its news several times, and needs the pace once.
    get pace() {
      return paceOf(all, ahead.length, testedThrough);
    },
  };
}

/**
 * The mean time from one wave to the next, from the earliest to the latest of what is known: the waves that came, and the newest tested event. If the
 * waves were tested ahead, those that are still to come lie in this time, too.
 */
function paceOf(
  waves: readonly Wave[],
  toCome: number,
  testedThrough: string | undefined,
): number | undefined {
  const keys = waves.flatMap(({ oldest, closing }) => [oldest, closing]);
  const times = [...keys, ...(testedThrough === undefined ? [] : [testedThrough])].map(epochOfEventKey);
  const pace = (Math.max(...times) - Math.min(...times)) / (waves.length + toCome);
  return pace > 0 ? pace : undefined;
}

/** Anyone may have written a HEAD. */
function aheadIn({ ahead }: { readonly ahead?: unknown }): readonly string[] {
  return Array.isArray(ahead) ? ahead.filter((id) => typeof id === 'string') : [];
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
