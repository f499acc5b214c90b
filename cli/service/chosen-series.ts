import { compareEventKeys } from '../../lambda/event.ts';
import type { KnownSeries } from './stored-series.ts';

/** What series can be ordered by. */
export const orders = ['name', 'change'] as const;

/** Which series are listed, and in which order. */
export interface Choice {
  readonly sort: (typeof orders)[number];
  readonly changed: boolean;
  readonly unacknowledged: boolean;
}

/** @param all - in the order of names; those that never changed stay in it, last */
export function chosenSeries(
  all: readonly KnownSeries[],
  { sort, changed, unacknowledged }: Choice,
): readonly KnownSeries[] {
  const chosen = all.filter(
    (one) => (!changed || one.changePoints > 0) && (!unacknowledged || one.unacknowledged > 0),
  );
  return sort === 'name' ? chosen : chosen.sort(newestChangeFirst);
}

function newestChangeFirst({ lastChange: a }: KnownSeries, { lastChange: b }: KnownSeries): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return compareEventKeys(b, a);
}
