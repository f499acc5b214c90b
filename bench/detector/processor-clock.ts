interface Waiting {
  readonly due: number;
  readonly wake: () => void;
}

/**
 * The time of a machine that does nothing else: the processor time of this process, and the time in which it has nothing to do but to wait.
 *
 * Waits take no real time. As soon as nothing else is left to do, the clock goes on to the end of the next wait. So other work on the machine
 * does not count.
 */
export class ProcessorClock {
  readonly #waiting: Waiting[] = [];
  #skipped = 0;
  readonly #others: () => number;
  #isRunning = false;

  /** @param others - milliseconds of processor time so far that are not those of what is measured */
  constructor(others: () => number) {
    this.#others = others;
  }

  /** Milliseconds. */
  now(): number {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000 - this.#others() + this.#skipped;
  }

  /** Milliseconds of processor time so far. */
  busy(): number {
    return this.now() - this.#skipped;
  }

  delay(milliseconds: number): Promise<void> {
    const due = this.now() + milliseconds;
    return new Promise((wake) => {
      const place = this.#waiting.findLastIndex((other) => other.due <= due) + 1;
      this.#waiting.splice(place, 0, { due, wake });
      if (!this.#isRunning) this.#run();
    });
  }

  #run(): void {
    const next = this.#waiting[0];
    this.#isRunning = next !== undefined;
    if (next === undefined) return;
    const now = this.now();
    if (next.due > now) this.#skipped += next.due - now;
    const due = Math.max(now, next.due);
    while (this.#waiting[0] !== undefined && this.#waiting[0].due <= due) this.#waiting.shift()?.wake();
    // By then all is done that can be done without waiting.
    setImmediate(() => this.#run());
  }
}
