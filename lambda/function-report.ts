/** What one invocation did, for logs and counters: counts and ids, never a payload. */
export type FunctionReport = (entry: ReportEntry) => void;

export interface ReportEntry {
  readonly step: 'recorder' | 'detector' | 'sweeper' | 'digest' | 'forwarder';
  /** The failure, if there was one. The entry is then an error. */
  readonly error?: unknown;
  /** How many options are wrong, of which the error tells. That is no failure: the series goes on with those of the service. */
  readonly invalidOptions?: number;
  readonly [field: string]: unknown;
}
