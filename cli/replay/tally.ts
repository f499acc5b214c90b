import type { FunctionReport } from '../../lambda/function-report.ts';

/** The sums of what the functions reported so far. */
export interface Tally {
  readonly report: FunctionReport;
  readonly late: number;
  /** Entries set aside, by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly lastError: unknown;
}

export function tallyReports(): Tally {
  let late = 0;
  let lastError: unknown;
  const reasons: Record<string, number> = {};
  return {
    report(entry) {
      if (typeof entry.late === 'number') late += entry.late;
      lastError = entry.error ?? lastError;
      for (const [reason, count] of Object.entries((entry.reasons ?? {}) as Record<string, number>)) {
        reasons[reason] = (reasons[reason] ?? 0) + count;
      }
    },
    get late() {
      return late;
    },
    get reasons() {
      return { ...reasons };
    },
    get lastError() {
      return lastError;
    },
  };
}
