/** Measures how long items take that begin and end in the same order. */
export interface LagClock {
  /** @param total - items that have begun so far */
  began(total: number): void;
  /** @param total - items that have ended so far */
  ended(total: number): void;
  /** The age of the oldest open item. If none is open: how long the last one took, and 0 after a few seconds. */
  readonly lagMs: number;
}

/** Items that begin within this time are measured as one. */
const grainMs = 10;
/** How long `lagMs` still shows the last item. */
const memoryMs = 3_000;

/** @param now - a monotonic clock, in milliseconds */
export function lagClock(now: () => number): LagClock {
  /** Open items, oldest first. Their number is bounded by the time that passes, not by how many items begin. */
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
