/** What one invocation did, for logs and counters: counts and ids, never a payload. */
export type FunctionReport = (entry: ReportEntry) => void;

export interface ReportEntry {
  readonly step: 'recorder' | 'detector' | 'sweeper' | 'digest';
  /** The failure, if there was one. The entry is then an error. */
  readonly error?: unknown;
  readonly [field: string]: unknown;
}
