/** How long things take that begin and end in order. */
export interface LagClock {
  /** So many began so far. */
  began(total: number): void;
  /** So many ended so far. */
  ended(total: number): void;
  /** The age of the oldest that has not ended, or how long the last one took if all have. */
  readonly lagMs: number;
}

/** Beginnings closer together than this count as one. */
const grainMs = 10;

/** @param now - milliseconds on a clock that does not go back */
export function lagClock(now: () => number): LagClock {
  /** Not yet ended, oldest first; bounded by the time that passes, not by the number of things. */
  const open: { total: number; readonly at: number }[] = [];
  let last = 0;
  return {
    began(total) {
      const newest = open.at(-1);
      const at = now();
      if (newest !== undefined && at - newest.at < grainMs) newest.total = total;
      else open.push({ total, at });
    },
    ended(total) {
      while (open[0] !== undefined && open[0].total <= total) {
        last = now() - open[0].at;
        open.shift();
      }
    },
    get lagMs() {
      return open[0] === undefined ? last : now() - open[0].at;
    },
  };
}
