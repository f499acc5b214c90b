/** Tells people when something begins to fail, and when it works again, however often it is tried in between. */
export interface Trouble {
  failed(error: unknown): void;
  worked(): void;
}

/** For so long nothing may have failed until it is said to work again, in milliseconds: what fails now and then is told once. */
export const steadyMs = 30_000;

/** How the trouble is told. */
export interface TroubleTexts {
  /** As in 'the tables cannot be read'; the reason follows. */
  readonly fails: string;
  readonly works: string;
}

/**
 * @param report - takes a line
 * @param now - in epoch milliseconds
 */
export function troubleTeller(
  report: (line: string) => void,
  { fails, works }: TroubleTexts,
  now: () => number = Date.now,
): Trouble {
  let failedAt: number | undefined;
  return {
    failed(error) {
      if (failedAt === undefined) report(`${fails}: ${reasonOf(error)}; trying again`);
      failedAt = now();
    },
    worked() {
      if (failedAt === undefined || now() - failedAt < steadyMs) return;
      failedAt = undefined;
      report(works);
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
