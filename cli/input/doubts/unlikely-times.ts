import { plain } from '../../../lambda/figures.ts';

import { dayMs } from '../../../lambda/reading/calendar.ts';

/** Times are told that lie further in the future: they may be in another form. */
const farMs = 366 * dayMs;
/** The first day of the epoch is a time like others in a file that ends soon after it. */
const since1971 = Date.UTC(1971, 0, 1);

/** Watches times, which are dates, for those that nobody can have meant. */
export interface UnlikelyTimes {
  /** @param ms - epoch milliseconds */
  take(ms: number): void;
  notes(): readonly string[];
}

export function unlikelyTimes(): UnlikelyTimes {
  let latest = Number.NEGATIVE_INFINITY;
  let inFirstDay = 0;
  return {
    take(ms) {
      latest = Math.max(latest, ms);
      if (ms >= 0 && ms < dayMs) inFirstDay++;
    },
    notes: () => [
      ...(latest > Date.now() + farMs
        ? [`times up to ${new Date(latest).toISOString().slice(0, 10)}, in the future (--time-format)`]
        : []),
      ...(inFirstDay > 0 && latest > since1971
        ? [`${plain.counted(inFirstDay, 'time')} on 1970-01-01, as of a clock that was not set`]
        : []),
    ],
  };
}
