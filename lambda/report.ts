/** What one invocation did, for logs and counters: counts and ids, never a payload. */
export type Report = (entry: ReportEntry) => void;

export interface ReportEntry {
  readonly step: 'recorder' | 'detector';
  /** What went wrong, if anything did; the entry is then an error. */
  readonly error?: unknown;
  readonly [field: string]: unknown;
}

/** One JSON object a line on standard output, which Lambda keeps as a log event. */
export function reportAsJson(entry: ReportEntry): void {
  const level = entry.error === undefined ? 'info' : 'error';
  const { error, ...fields } = entry;
  const line = { level, ...fields, ...(error !== undefined && { error: describeError(error) }) };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function describeError(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) };
  return { name: error.name, message: error.message, stack: error.stack };
}
