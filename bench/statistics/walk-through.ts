import { PassThrough, Readable } from 'node:stream';
import { run } from '../../cli/run.ts';
import type { ReportedChange, Walk } from './walks.ts';

/** The change points that the command reports, and its note, if it has one. */
async function detect(csv: string, flags: readonly string[]) {
  const out = new PassThrough();
  const written: Buffer[] = [];
  out.on('data', (piece: Buffer) => written.push(piece));
  const code = await run(['detect', '-', '--json', ...flags], {
    input: Readable.from([Buffer.from(csv)], { objectMode: false }),
    out,
    error: process.stderr,
    signal: new AbortController().signal,
    environment: {},
  });
  if (code !== 0) throw new Error(`aed detect ${flags.join(' ')} ended with ${code}`);
  const lines = Buffer.concat(written).toString('utf8').trim().split('\n');
  const summary: { readonly note?: string } = JSON.parse(lines.at(-1) ?? '{}');
  const changes = lines.slice(0, -1).map((line): ReportedChange => JSON.parse(line));
  return { changes, note: summary.note };
}

/** The flags after some steps: a later answer replaces an earlier one. */
function flagsAfter(steps: Walk['steps']): readonly string[] {
  const values = new Map<string, string>();
  for (const { flags = [] } of steps) {
    const [flag = '', value = ''] = flags;
    if (flag !== '') values.set(flag, value);
  }
  return [...values].flat();
}

/** What `aed detect` says at the end of a walk, beside what it says without any flag. */
export async function walkThrough({ data, csv, known, isRight, steps }: Walk) {
  const flags = flagsAfter(steps);
  const plain = await detect(csv, []);
  const { changes } = await detect(csv, flags);
  return {
    data,
    known,
    answers: steps.map(({ line, answer }) => `${line}: ${answer}`),
    flags: flags.join(' '),
    byDefault: plain.changes.length,
    note: plain.note !== undefined,
    reported: changes.map(({ changedAt, detectedAt, direction }) => ({ changedAt, detectedAt, direction })),
    right: isRight(changes),
    steps: steps.length,
  };
}
