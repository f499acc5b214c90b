/** A function that runs on a schedule. */
export interface Schedule {
  /** Stops the schedule. Resolves once a run under way has ended. */
  stop(): Promise<void>;
}

/**
 * Runs a function at a fixed rate, as an EventBridge rule does. A run that is still under way is not started again.
 *
 * @param failed - called with what a run threw; the next run starts all the same
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
