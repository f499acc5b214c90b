/** A function that is started again and again. */
export interface Schedule {
  /** Starts it no more. Resolves once a run under way has ended. */
  stop(): Promise<void>;
}

/**
 * Starts a function at a fixed rate, as a rule of EventBridge does, but not while it runs.
 *
 * @param failed - called with what a run threw; the next one is started all the same
 */
export function startSchedule(
  run: () => Promise<void>,
  everyMinutes: number,
  failed: (error: unknown) => void,
): Schedule {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= run()
      .catch(failed)
      .finally(() => {
        running = undefined;
      });
  }, everyMinutes * 60_000);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
