/** Takes the readings of a series. */
export interface ReadingTaker<Time> {
  push(value: number, time: Time | undefined): void;
  /** Takes a reading that has no value. */
  skip(): void;
}

/** A series whose first readings are held, until these tell how to go on. */
export interface HeldSeries<Time> extends ReadingTaker<Time> {
  /** Lets go of what is still held, since nothing follows. */
  end(): void;
}

/**
 * @param count - of readings with a value to hold
 * @param timeOf - epoch milliseconds of a time
 * @param begin - called at most once, with the times of the readings held
 */
export function heldSeries<Time>(
  count: number,
  timeOf: (time: Time | undefined) => number | undefined,
  begin: (times: readonly number[]) => ReadingTaker<Time>,
): HeldSeries<Time> {
  let taker = count === 0 ? begin([]) : undefined;
  let held: ((to: ReadingTaker<Time>) => void)[] = [];
  /** Without a value, since the last reading that is held: a series may have nothing else, however long it is. */
  let skipped = 0;
  let times: number[] = [];
  let values = 0;

  function end(): void {
    // One reading tells no interval, and shows no change.
    if (taker !== undefined || values < 2) return;
    taker = begin(times);
    for (const give of held) give(taker);
    skipTimes(skipped, taker);
    held = [];
    times = [];
  }

  return {
    push(value, time) {
      if (taker !== undefined) return taker.push(value, time);
      const before = skipped;
      skipped = 0;
      held.push((to) => {
        skipTimes(before, to);
        to.push(value, time);
      });
      const at = timeOf(time);
      if (at !== undefined) times.push(at);
      if (++values === count) end();
    },
    skip() {
      if (taker === undefined) skipped++;
      else taker.skip();
    },
    end,
  };
}

function skipTimes(count: number, taker: ReadingTaker<unknown>): void {
  for (let time = 0; time < count; time++) taker.skip();
}
