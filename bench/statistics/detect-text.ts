import { PassThrough, Readable } from 'node:stream';
import { run } from '../../cli/run.ts';

/** A change point as `aed detect --json` prints it, as far as the scripts here read it. */
export interface ReportedChange {
  readonly changedAt: number;
  readonly changedAtTime?: string;
  readonly detectedAt: number;
  readonly detectedAtTime?: string;
  readonly direction: 'up' | 'down';
  readonly magnitude: number;
}

/** What `aed detect` reports of a text of readings. */
export interface Reported {
  readonly changes: readonly ReportedChange[];
  readonly summary: { readonly rows: number; readonly note?: string; readonly seasonNote?: string };
}

/**
 * Runs `aed detect` in this process on a text in any form that it reads.
 *
 * @throws if it does not end with exit code 0
 */
export async function detectText(text: string, flags: readonly string[]): Promise<Reported> {
  const out = new PassThrough();
  const written: Buffer[] = [];
  out.on('data', (piece: Buffer) => written.push(piece));
  const code = await run(['detect', '-', '--json', ...flags], {
    input: Readable.from([Buffer.from(text)], { objectMode: false }),
    out,
    error: process.stderr,
    signal: new AbortController().signal,
    environment: {},
  });
  if (code !== 0) throw new Error(`aed detect ${flags.join(' ')} ended with ${code}`);
  const lines = Buffer.concat(written).toString('utf8').trim().split('\n');
  const summary: Reported['summary'] = JSON.parse(lines.at(-1) ?? '{}');
  return { changes: lines.slice(0, -1).map((line): ReportedChange => JSON.parse(line)), summary };
}
