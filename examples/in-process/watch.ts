/**
 * Reads numbers from standard input, one a line, and prints each change of their level.
 *
 * Run: npx tsx examples/in-process/watch.ts [--threshold 2] [--state detector.json] [--status]
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { AedDetector } from '@aed/core';
import { changes } from './changes.ts';

const usage = `Usage: npx tsx examples/in-process/watch.ts [--threshold 2] [--state detector.json] [--status]

Reads numbers from standard input, one a line, and prints each change of their level. Lines are counted from 0.
Ctrl-C ends the input.

  --threshold  smaller changes are not reported (default: 0)
  --state      a file for the state, from which the next run continues, with the threshold of the first run
  --status     at the end, print which level holds and how far the last reading is from another change
  --help       this text`;

try {
  const { values } = parseArgs({
    options: {
      threshold: { type: 'string', default: '0' },
      state: { type: 'string' },
      status: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) console.log(usage);
  else await watch(Number(values.threshold), values.state, values.status);
} catch (error) {
  // An option or the state breaks a rule. The message names it, the rule and the value.
  const message = error instanceof Error ? error.message : String(error);
  console.error(`error: ${message.replaceAll('\n', ' ')}`);
  process.exitCode = 1;
}

async function watch(
  practicalThreshold: number,
  state: string | undefined,
  withStatus: boolean,
): Promise<void> {
  const detector =
    state !== undefined && existsSync(state)
      ? AedDetector.fromJSON(JSON.parse(readFileSync(state, 'utf8')))
      : new AedDetector({ practicalThreshold });

  for await (const { changedAt, detectedAt, magnitude } of changes(numbers(), detector)) {
    console.log(
      `new level since reading ${changedAt}, known at ${detectedAt}: ${magnitude > 0 ? '+' : ''}${magnitude}`,
    );
  }
  if (state !== undefined) save(detector, state);
  if (withStatus) console.log(statusOf(detector));
}

/** A crash while it writes leaves the state of the run before. */
function save(detector: AedDetector, state: string): void {
  writeFileSync(`${state}.new`, JSON.stringify(detector));
  renameSync(`${state}.new`, state);
}

function statusOf({ level, evidence }: AedDetector): string {
  if (level === undefined) return 'no reading since the last change';
  const { fraction = 0, candidate } = evidence ?? {};
  const place = candidate && `, from reading ${candidate.changedAt} on ${candidate.direction}`;
  const percent = `${Math.floor(100 * fraction)} %`;
  return `level ${level.median} since reading ${level.since}; evidence of another change: ${percent}${place ?? ''}`;
}

/**
 * The lines as numbers, to the end of the input, Ctrl-C or SIGTERM. Any other line is reported on standard error and counts as a missing
 * reading.
 */
async function* numbers(): AsyncGenerator<number | undefined> {
  const lines = createInterface({ input: process.stdin });
  // Not once: the program that started this one may pass on the signal that it has got itself.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => lines.close());
  for await (const line of lines) {
    const number = line.trim() === '' ? Number.NaN : Number(line);
    if (Number.isFinite(number)) yield number;
    else {
      console.error(`not a number, taken as missing: ${JSON.stringify(line)}`);
      yield undefined;
    }
  }
}
