/** How long things take that begin and end in order. */
export interface LagClock {
  /** So many began so far. */
  began(total: number): void;
  /** So many ended so far. */
  ended(total: number): void;
  /** The age of the oldest that has not ended; how long the last one took if all have; soon after that 0. */
  readonly lagMs: number;
}

/** Beginnings closer together than this count as one. */
const grainMs = 10;
/** How long it counts what the last one took. */
const memoryMs = 3_000;

/** @param now - milliseconds on a clock that does not go back */
export function lagClock(now: () => number): LagClock {
  /** Not yet ended, oldest first; bounded by the time that passes, not by the number of things. */
  const open: { total: number; readonly at: number }[] = [];
  let last = { took: 0, at: Number.NEGATIVE_INFINITY };
  return {
    began(total) {
      const newest = open.at(-1);
      const at = now();
      if (newest !== undefined && at - newest.at < grainMs) newest.total = total;
      else open.push({ total, at });
    },
    ended(total) {
      while (open[0] !== undefined && open[0].total <= total) {
        last = { took: now() - open[0].at, at: now() };
        open.shift();
      }
    },
    get lagMs() {
      if (open[0] !== undefined) return now() - open[0].at;
      return now() - last.at < memoryMs ? last.took : 0;
    },
  };
}
