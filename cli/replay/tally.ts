import type { FunctionReport, ReportEntry } from '../../lambda/function-report.ts';

/** The sums of what the functions reported so far. */
export interface Tally {
  readonly report: FunctionReport;
  /** Events of the waves that the detector has done, those that were too late included. One that is written or brought twice counts twice. */
  readonly tested: number;
  readonly late: number;
  /** Entries set aside, by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly lastError: unknown;
}

export function tallyReports(): Tally {
  let tested = 0;
  let late = 0;
  let lastError: unknown;
  const reasons: Record<string, number> = {};
  return {
    report(entry) {
      for (const name of ['tested', 'late'] as const) tested += numberIn(entry, name);
      late += numberIn(entry, 'late');
      lastError = entry.error ?? lastError;
      for (const [reason, count] of Object.entries((entry.reasons ?? {}) as Record<string, number>)) {
        reasons[reason] = (reasons[reason] ?? 0) + count;
      }
    },
    get tested() {
      return tested;
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

function numberIn(entry: ReportEntry, name: string): number {
  const value = entry[name];
  return typeof value === 'number' ? value : 0;
}
