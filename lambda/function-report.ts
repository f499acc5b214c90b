/** What one invocation did, for logs and counters: counts and ids, never a payload. */
export type FunctionReport = (entry: ReportEntry) => void;

export interface ReportEntry {
  readonly step: 'recorder' | 'detector' | 'sweeper';
  /** What went wrong, if anything did; the entry is then an error. */
  readonly error?: unknown;
  readonly [field: string]: unknown;
}
